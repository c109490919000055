#pragma once
// Debian's libxml2 pulls ICU's headers in for a field that is not used here; they clash with Foundation's own copy.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/xmlerror.h>

/// Frees a string that libxml2 has made. `xmlFree` itself is a variable, which Swift does not let threads read.
static inline void bioscribeFreeXMLString(xmlChar *text) {
    xmlFree(text);
}

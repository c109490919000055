#pragma once

// Where libxml2 is built with ICU, its headers bring in ICU's, which Swift refuses beside those of Foundation's own
// ICU. Only members at the end of a structure that is never made or read here depend on it.
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

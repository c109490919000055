#pragma once
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/xmlerror.h>

/// Frees a string that libxml2 has made. `xmlFree` itself is a variable, which Swift does not let threads read.
static inline void bioscribeFreeXMLString(xmlChar *text) {
    xmlFree(text);
}

/* A layout as a PDF: pango and cairo, inside a job of bianzhi-render.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 *   <layout title="..." date="2026-11-20">       lengths in mm, pt in points
 *     <page w="210" h="297">                     x y: left upper corner
 *       <t x= y= w= h= pt= font= align= valign= indent= color= rotate=>text</t>
 *       <row x= y= h= pt= font=><c w= align= font= pt= single= pad=>text</c>...</row>
 *       <rect x= y= w= h= color=/>               filled
 *       <box x= y= w= h= line= color=/>          its outline
 *       <line x= y= w= dash="1" color=/>         horizontal
 *       <qr x= y= w= n= d=/>                     of qr_path
 *     </page>
 *   </layout>
 * font: song (text), fang, hei, title.  align: left center right justify.
 * valign: top middle bottom.  color: black red grey pale.  indent: em of the
 * first line.  A text with h=, and every cell, is set smaller until it fits;
 * single="1": on one line.  The same layout gives the same bytes: the file's date
 * is the document's. */
#ifndef SHOW_PDF_H
#define SHOW_PDF_H
#include <glib.h>

/* A render_fn (serve/render.h): IN is the layout's text. */
int pdf_make (const void *in, size_t size, GByteArray *out);
/* Registers it as kind "pdf"; before the fork. */
void pdf_init (void);
#endif

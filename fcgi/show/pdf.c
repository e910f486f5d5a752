/* A layout as a PDF: boxes in millimetres, drawn by pango and cairo.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "show/pdf.h"
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>
#include "data/xml.h"
#include "serve/render.h"

#define MM(x) ((x) *72.0 / 25.4)
#define SMALLEST_PT 4.0
#define STEP_PT 0.5
#define EM_BLANK 0.4 /* of a CJK line: above and below its signs */
#define CELL_PAD_MM 0.4
#define CELL_LINE 0.6 /* points */

struct rect {
  double x, y, w, h; /* points */
};

/* How a text is set. */
struct style {
  const char *font, *align, *valign;
  double pt, indent, spacing;
  bool one; /* on one line */
};

/* -- Reading a layout. */

static double
number (const xmlNode *n, const char *name, double default_value)
{
  const char *text = xml_attr (n, name);

  return text != NULL ? g_ascii_strtod (text, NULL) : default_value;
}

static struct rect
rect_of (const xmlNode *n)
{
  return (struct rect){ MM (number (n, "x", 0)), MM (number (n, "y", 0)),
                        MM (number (n, "w", 0)), MM (number (n, "h", 0)) };
}

static const char *
word (const xmlNode *n, const char *name, const char *default_value)
{
  const char *text = xml_attr (n, name);

  return text != NULL ? text : default_value;
}

static char *
text_of (const xmlNode *n)
{
  GString *text = g_string_new (NULL);

  for (const xmlNode *t = n->children; t != NULL; t = t->next)
    if (t->type == XML_TEXT_NODE && t->content != NULL)
      g_string_append (text, (const char *) t->content);
  return g_string_free (text, FALSE);
}

static void
color_set (cairo_t *cr, const char *name)
{
  static const struct {
    const char *name;
    double r, g, b;
  } colors[] = { { "red", .75, 0, 0 },
                 { "grey", .35, .35, .35 },
                 { "pale", .78, .78, .78 } };

  cairo_set_source_rgb (cr, 0, 0, 0);
  for (size_t i = 0; i < G_N_ELEMENTS (colors); i++)
    if (strcmp (colors[i].name, name) == 0)
      cairo_set_source_rgb (cr, colors[i].r, colors[i].g, colors[i].b);
}

/* -- Text. */

/* Names that an office's machine carries first, then free ones. */
static const char *
family (const char *font)
{
  static const struct {
    const char *font, *families;
  } names[] = {
    { "hei", "SimHei,Noto Sans CJK SC" },
    { "title", "FZXiaoBiaoSong-B05S,Noto Serif CJK SC Bold" },
    { "fang", "FangSong_GB2312,FangSong,Noto Serif CJK SC" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].font, font) == 0)
      return names[i].families;
  return "Noto Serif CJK SC";
}

static void
size_set (PangoLayout *l, const struct style *s, double pt)
{
  PangoFontDescription *d = pango_font_description_from_string (
    family (s->font));

  pango_font_description_set_absolute_size (d, pt * PANGO_SCALE);
  pango_layout_set_font_description (l, d);
  pango_layout_set_indent (l, (int) (s->indent * pt * PANGO_SCALE));
  pango_font_description_free (d);
}

static bool
fits (PangoLayout *l, const struct rect *r, double pt, bool one)
{
  int h;

  pango_layout_get_size (l, NULL, &h);
  if (one && pango_layout_get_line_count (l) > 1)
    return false;
  return r->h <= 0 || h - EM_BLANK * pt * PANGO_SCALE <= r->h * PANGO_SCALE;
}

static PangoLayout *
layout_new (cairo_t *cr, const struct rect *r, const struct style *s,
            const char *text)
{
  PangoLayout *l = pango_cairo_create_layout (cr);

  pango_context_set_round_glyph_positions (pango_layout_get_context (l), FALSE);
  pango_layout_set_width (l, (int) (r->w * PANGO_SCALE));
  pango_layout_set_wrap (l, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (l, (float) s->spacing);
  pango_layout_set_justify (l, strcmp (s->align, "justify") == 0);
  if (strcmp (s->align, "center") == 0)
    pango_layout_set_alignment (l, PANGO_ALIGN_CENTER);
  else if (strcmp (s->align, "right") == 0)
    pango_layout_set_alignment (l, PANGO_ALIGN_RIGHT);
  pango_layout_set_text (l, text, -1);
  for (double pt = s->pt; pt >= SMALLEST_PT; pt -= STEP_PT) {
    size_set (l, s, pt);
    if (fits (l, r, pt, s->one))
      break;
  }
  return l;
}

static void
text_draw (cairo_t *cr, const struct rect *r, const struct style *s,
           const char *text)
{
  PangoLayout *l;
  double y = r->y;
  int h;

  if (*text == '\0')
    return;
  l = layout_new (cr, r, s, text);
  pango_layout_get_size (l, NULL, &h);
  if (r->h > 0 && strcmp (s->valign, "middle") == 0)
    y += (r->h - h / (double) PANGO_SCALE) / 2;
  else if (r->h > 0 && strcmp (s->valign, "bottom") == 0)
    y += r->h - h / (double) PANGO_SCALE;
  cairo_move_to (cr, r->x, y);
  pango_cairo_show_layout (cr, l);
  g_object_unref (l);
}

/* -- Elements. */

static void
draw_text (cairo_t *cr, const xmlNode *n)
{
  g_autofree char *text = text_of (n);
  struct rect r = rect_of (n);
  const struct style s = { .font = word (n, "font", "song"),
                           .align = word (n, "align", "left"),
                           .valign = word (n, "valign", "top"),
                           .pt = number (n, "pt", 11),
                           .indent = number (n, "indent", 0),
                           .spacing = number (n, "spacing", 1.2),
                           .one = xml_attr (n, "single") != NULL };
  double angle = number (n, "rotate", 0);

  cairo_save (cr);
  color_set (cr, word (n, "color", "black"));
  if (angle != 0) {
    cairo_translate (cr, r.x + r.w / 2, r.y + r.h / 2);
    cairo_rotate (cr, angle * G_PI / 180);
    r.x = -r.w / 2;
    r.y = -r.h / 2;
  }
  text_draw (cr, &r, &s, text);
  cairo_restore (cr);
}

static void
draw_cell (cairo_t *cr, const xmlNode *row, const xmlNode *c,
           const struct rect *r)
{
  g_autofree char *text = text_of (c);
  double pad = MM (number (c, "pad", CELL_PAD_MM));
  const struct rect inner = { r->x + pad, r->y + pad, r->w - 2 * pad,
                              r->h - 2 * pad };
  const struct style s = { .font = word (c, "font", word (row, "font", "song")),
                           .align = word (c, "align", "center"),
                           .valign = word (c, "valign", "middle"),
                           .pt = number (c, "pt", number (row, "pt", 11)),
                           .indent = number (c, "indent", 0),
                           .spacing = number (c, "spacing", 0.8),
                           .one = xml_attr (c, "single") != NULL };

  color_set (cr, "black");
  cairo_set_line_width (cr, CELL_LINE);
  cairo_rectangle (cr, r->x, r->y, r->w, r->h);
  cairo_stroke (cr);
  text_draw (cr, &inner, &s, text);
}

static void
draw_row (cairo_t *cr, const xmlNode *n)
{
  struct rect r = rect_of (n);

  for (const xmlNode *c = xml_child (n, "c"); c != NULL;
       c = xml_next (c, "c")) {
    r.w = MM (number (c, "w", 0));
    draw_cell (cr, n, c, &r);
    r.x += r.w;
  }
}

static void
draw_rect (cairo_t *cr, const xmlNode *n)
{
  const struct rect r = rect_of (n);

  color_set (cr, word (n, "color", "black"));
  cairo_rectangle (cr, r.x, r.y, r.w, r.h);
  cairo_fill (cr);
}

static void
draw_box (cairo_t *cr, const xmlNode *n)
{
  const struct rect r = rect_of (n);

  color_set (cr, word (n, "color", "black"));
  cairo_set_line_width (cr, number (n, "line", CELL_LINE));
  cairo_rectangle (cr, r.x, r.y, r.w, r.h);
  cairo_stroke (cr);
}

static void
draw_line (cairo_t *cr, const xmlNode *n)
{
  static const double dashes[] = { 2, 2 };
  const struct rect r = rect_of (n);

  cairo_save (cr);
  color_set (cr, word (n, "color", "black"));
  cairo_set_line_width (cr, number (n, "line", CELL_LINE));
  if (xml_attr (n, "dash") != NULL)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, r.x, r.y);
  cairo_line_to (cr, r.x + r.w, r.y);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* The pieces "M3 0h4v1h-4z" of qr_path; W is the width of all modules. */
static void
draw_qr (cairo_t *cr, const xmlNode *n)
{
  const struct rect r = rect_of (n);
  const char *p = word (n, "d", "");
  double modules = number (n, "n", 1);
  double unit = r.w / MAX (modules, 1);

  color_set (cr, "black");
  while ((p = strchr (p, 'M')) != NULL) {
    char *end;
    double x = g_ascii_strtod (p + 1, &end), y = g_ascii_strtod (end, &end);
    double w = *end == 'h' ? g_ascii_strtod (end + 1, &end) : 0;

    cairo_rectangle (cr, r.x + x * unit, r.y + y * unit, w * unit, unit);
    p = end;
  }
  cairo_fill (cr);
}

static const struct {
  const char *name;
  void (*draw) (cairo_t *, const xmlNode *);
} elements[] = { { "t", draw_text },    { "row", draw_row },
                 { "rect", draw_rect }, { "box", draw_box },
                 { "qr", draw_qr },     { "line", draw_line } };

/* false: *BAD is an element that nobody knows. */
static bool
page_draw (cairo_t *cr, const xmlNode *page, const char **bad)
{
  for (const xmlNode *n = page->children; n != NULL; n = n->next) {
    size_t i = 0;

    if (n->type != XML_ELEMENT_NODE)
      continue;
    while (i < G_N_ELEMENTS (elements)
           && strcmp (elements[i].name, (const char *) n->name) != 0)
      i++;
    if (i == G_N_ELEMENTS (elements)) {
      *bad = (const char *) n->name;
      return false;
    }
    elements[i].draw (cr, n);
  }
  return true;
}

/* -- The file. */

static int
say (GByteArray *out, const char *text)
{
  g_byte_array_set_size (out, 0);
  g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text));
  return BZ_BAD_INPUT;
}

static cairo_status_t
write_out (void *to, const unsigned char *bytes, unsigned size)
{
  g_byte_array_append (to, bytes, size);
  return CAIRO_STATUS_SUCCESS;
}

static void
metadata_set (cairo_surface_t *s, const xmlNode *root)
{
  g_autofree char *date = g_strconcat (word (root, "date", "2000-01-01"),
                                       "T00:00:00+08:00", NULL);

  cairo_pdf_surface_set_metadata (s, CAIRO_PDF_METADATA_TITLE,
                                  word (root, "title", ""));
  cairo_pdf_surface_set_metadata (s, CAIRO_PDF_METADATA_CREATE_DATE, date);
}

/* NULL, or what is wrong with the layout; g_free. */
static char *
layout_draw (const xmlNode *root, GByteArray *out)
{
  cairo_surface_t *s = cairo_pdf_surface_create_for_stream (write_out, out, 1,
                                                            1);
  cairo_t *cr = cairo_create (s);
  const char *bad = NULL;
  char *why = NULL;
  unsigned pages = 0;

  metadata_set (s, root);
  for (const xmlNode *p = xml_child (root, "page"); p != NULL && bad == NULL;
       p = xml_next (p, "page")) {
    cairo_pdf_surface_set_size (s, MM (number (p, "w", 210)),
                                MM (number (p, "h", 297)));
    if (page_draw (cr, p, &bad))
      cairo_show_page (cr);
    pages++;
  }
  cairo_destroy (cr);
  cairo_surface_finish (s);
  if (bad != NULL)
    why = g_strdup_printf ("a layout has no element <%s>", bad);
  else if (pages == 0)
    why = g_strdup ("a layout without a page");
  else if (cairo_surface_status (s) != CAIRO_STATUS_SUCCESS)
    why = g_strdup (cairo_status_to_string (cairo_surface_status (s)));
  cairo_surface_destroy (s);
  return why;
}

int
pdf_make (const void *in, size_t size, GByteArray *out)
{
  g_autoptr (GError) error = NULL;
  xmlDoc *doc = xml_parse (in, (gssize) size, &error);
  g_autofree char *why = NULL;

  /* A font map may keep a thread, which did not come along with the fork. */
  pango_cairo_font_map_set_default (NULL);

  if (doc == NULL)
    return say (out, error->message);
  why = layout_draw (xmlDocGetRootElement (doc), out);
  xmlFreeDoc (doc);
  return why != NULL ? say (out, why) : BZ_OK;
}

/* Every job finds the fonts loaded. */
static void
pdf_warm (void)
{
  static const char text[] = "<layout><page><t w=\"100\">国〔1〕</t>"
                             "<t w=\"100\" font=\"hei\">国</t>"
                             "<t w=\"100\" font=\"title\">国</t>"
                             "</page></layout>";
  GByteArray *out = g_byte_array_new ();

  (void) pdf_make (text, sizeof text - 1, out);
  g_byte_array_unref (out);
}

void
pdf_init (void)
{
  render_kind ("pdf", pdf_make, pdf_warm, 0);
}

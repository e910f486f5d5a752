/* A page's tables as a workbook of Excel.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "show/workbook.h"
#include <string.h>
#include <zip.h>
#include "show/view.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define OOXML "http://schemas.openxmlformats.org/"
#define MAIN OOXML "spreadsheetml/2006/main"
#define OFFICE OOXML "officeDocument/2006/relationships"

/* What each workbook has beside its sheet.  Cell formats of the styles: 0 text,
 * 1 head of a column, 2 a cell, 3 a number, 4 the title. */
static const struct part {
  const char *name, *text;
} parts[] = {
  { "[Content_Types].xml",
    HEAD "<Types xmlns=\"" OOXML "package/2006/content-types\">"
         "<Default Extension=\"rels\" ContentType=\"application/"
         "vnd.openxmlformats-package.relationships+xml\"/>"
         "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/"
         "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
         "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/"
         "vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
         "<Override PartName=\"/xl/worksheets/sheet1.xml\" "
         "ContentType=\"application/"
         "vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
         "</Types>" },
  { "_rels/.rels",
    HEAD "<Relationships xmlns=\"" OOXML "package/2006/relationships\">"
         "<Relationship Id=\"r1\" Type=\"" OFFICE "/officeDocument\" "
         "Target=\"xl/workbook.xml\"/></Relationships>" },
  { "xl/workbook.xml", HEAD "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE
                            "\"><sheets><sheet name=\"表\" sheetId=\"1\" "
                            "r:id=\"r1\"/></sheets></workbook>" },
  { "xl/_rels/workbook.xml.rels",
    HEAD "<Relationships xmlns=\"" OOXML "package/2006/relationships\">"
         "<Relationship Id=\"r1\" Type=\"" OFFICE "/worksheet\" "
         "Target=\"worksheets/sheet1.xml\"/>"
         "<Relationship Id=\"r2\" Type=\"" OFFICE "/styles\" "
         "Target=\"styles.xml\"/></Relationships>" },
  { "xl/styles.xml", HEAD
    "<styleSheet xmlns=\"" MAIN "\">"
    "<fonts count=\"3\"><font><sz val=\"10\"/><name val=\"宋体\"/></font>"
    "<font><sz val=\"10\"/><name val=\"黑体\"/></font>"
    "<font><sz val=\"16\"/><name val=\"黑体\"/></font></fonts>"
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
    "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
    "<borders count=\"2\"><border/><border><left style=\"thin\"/>"
    "<right style=\"thin\"/><top style=\"thin\"/><bottom style=\"thin\"/>"
    "</border></borders>"
    "<cellStyleXfs count=\"1\"><xf/></cellStyleXfs>"
    "<cellXfs count=\"5\"><xf/>"
    "<xf fontId=\"1\" borderId=\"1\" applyFont=\"1\" applyBorder=\"1\" "
    "applyAlignment=\"1\"><alignment horizontal=\"center\" "
    "vertical=\"center\" wrapText=\"1\"/></xf>"
    "<xf borderId=\"1\" applyBorder=\"1\" applyAlignment=\"1\">"
    "<alignment vertical=\"center\" wrapText=\"1\"/></xf>"
    "<xf borderId=\"1\" applyBorder=\"1\" applyAlignment=\"1\">"
    "<alignment horizontal=\"right\" vertical=\"center\"/></xf>"
    "<xf fontId=\"2\" applyFont=\"1\" applyAlignment=\"1\">"
    "<alignment horizontal=\"center\" vertical=\"center\"/></xf>"
    "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"常规\" xfId=\"0\" "
    "builtinId=\"0\"/></cellStyles></styleSheet>" },
};

/* TEXT must live until the archive is closed. */
static bool
part_add (zip_t *archive, const char *name, const char *text, gsize size)
{
  zip_source_t *source = zip_source_buffer (archive, text, size, 0);

  if (source == NULL)
    return false;
  if (zip_file_add (archive, name, source, ZIP_FL_ENC_UTF_8) >= 0)
    return true;
  zip_source_free (source);
  return false;
}

static bool
fill (zip_t *archive, GBytes *sheet)
{
  gsize size;
  const char *text = g_bytes_get_data (sheet, &size);

  for (size_t i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!part_add (archive, parts[i].name, parts[i].text,
                   strlen (parts[i].text)))
      return false;
  return part_add (archive, "xl/worksheets/sheet1.xml", text, size);
}

/* What the closed archive has written into FILE. */
static GBytes *
bytes_of (zip_source_t *file)
{
  zip_stat_t stat;
  g_autofree char *data = NULL;
  zip_int64_t got;

  if (zip_source_stat (file, &stat) < 0 || zip_source_open (file) < 0)
    return NULL;
  data = g_malloc (stat.size);
  got = zip_source_read (file, data, stat.size);
  (void) zip_source_close (file);
  return got >= 0 && (zip_uint64_t) got == stat.size
         ? g_bytes_new_take (g_steal_pointer (&data), stat.size)
         : NULL;
}

static GBytes *
package (GBytes *sheet)
{
  zip_source_t *file = zip_source_buffer_create (NULL, 0, 0, NULL);
  zip_t *archive;
  GBytes *bytes = NULL;

  if (file == NULL)
    return NULL;
  zip_source_keep (file);
  archive = zip_open_from_source (file, ZIP_CREATE | ZIP_TRUNCATE, NULL);
  if (archive == NULL)
    zip_source_free (file); /* the reference that the archive would have */
  else if (fill (archive, sheet) && zip_close (archive) == 0)
    bytes = bytes_of (file);
  else
    zip_discard (archive);
  zip_source_free (file);
  return bytes;
}

GBytes *
workbook_make (xmlDoc *page, GError **error)
{
  g_autoptr (GBytes) sheet = view_xml (page, "workbook", error);
  GBytes *bytes = sheet != NULL ? package (sheet) : NULL;

  if (sheet != NULL && bytes == NULL)
    g_set_error_literal (error, g_quark_from_static_string ("workbook"), 0,
                         "the workbook was not packed");
  return bytes;
}

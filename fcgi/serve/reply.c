/* From what a handler left in its request to the bytes of a reply.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/reply.h"
#include "data/xml.h"
#include "serve/conf.h"
#include "serve/input.h"
#include "serve/log.h"
#include "serve/route.h"
#include "show/page.h"
#include "show/view.h"
#include "show/workbook.h"

/* What each status says; the last row stands for all others. */
static const struct sentence {
  int status;
  const char *title, *text;
} sentences[] = {
  { 400, "请求不完整", "浏览器发来的内容不完整或无法识别，未作任何保存。" },
  { 401, "请重新登录", "登录已失效，请重新登录。" },
  { 403, "没有权限", "您没有办理此事项的权限，未作任何保存。" },
  { 404, "没有找到", "没有这个页面，或者您没有权限查看。" },
  { 405, "不能这样打开", "这个地址不能直接打开。" },
  { 409, "现在不能办理", "办理期间内容已被他人修改，未作任何保存。" },
  { 413, "内容过大", "上传的文件或填写的内容超过规定大小，未作任何保存。" },
  { 415, "无法识别", "提交的内容格式无法识别，未作任何保存。" },
  { 422, "请核对填写内容", "提交的内容有误，未作任何保存。" },
  { 431, "内容过多", "提交的项目过多或过长，未作任何保存。" },
  { 503, "暂时不能使用", "数据库暂时无法连接，请稍后重试。" },
  { 500, "系统故障", "系统出现故障，未作任何保存。" },
};

static const struct sentence *
sentence_of (int http_status)
{
  size_t i = 0;

  while (i + 1 < G_N_ELEMENTS (sentences) && sentences[i].status != http_status)
    i++;
  return &sentences[i];
}

int
reply_status (int status)
{
  switch (status) {
  case BZ_BAD_INPUT:
    return 422;
  case BZ_FORBIDDEN:
    return 403;
  case BZ_NOT_FOUND:
    return 404;
  case BZ_CONFLICT:
    return 409;
  case BZ_AWAY:
    return 503;
  default:
    return status < 0 ? 500 : 200;
  }
}

/* -- Headers. */

static void
header (struct reply *ret, const char *name, const char *value)
{
  g_string_append_printf (ret->headers, "%s: ", name);
  for (const char *p = value; *p != '\0'; p++)
    if ((unsigned char) *p >= 0x20 && *p != 0x7f)
      g_string_append_c (ret->headers, *p);
  g_string_append (ret->headers, "\r\n");
}

static void
headers_common (struct bz_req *req, const char *policy, struct reply *ret)
{
  header (ret, "Content-Security-Policy", policy);
  header (ret, "Cache-Control", "no-store");
  header (ret, "Vary", "Accept");
  header (ret, "X-Content-Type-Options", "nosniff");
  header (ret, "Referrer-Policy", "same-origin");
  header (ret, "X-UA-Compatible", "IE=edge");
  if (req->set_cookie != NULL)
    header (ret, "Set-Cookie", req->set_cookie);
}

static void
headers_page (struct bz_req *req, struct reply *ret)
{
  g_autofree char *policy
    = g_strconcat ("default-src 'none'; style-src 'self'; script-src 'self'; "
                   "img-src 'self'; form-action 'self'; ",
                   req->frames ? "frame-src 'self'; " : "",
                   req->framed ? "frame-ancestors 'self'"
                               : "frame-ancestors 'none'",
                   "; base-uri 'none'", NULL);

  headers_common (req, policy, ret);
}

static void
body_set (struct reply *ret, const char *type, GBytes *body)
{
  g_autofree char *size = g_strdup_printf ("%zu", g_bytes_get_size (body));

  header (ret, "Content-Type", type);
  header (ret, "Content-Length", size);
  ret->body = body;
}

/* HOW ("inline", "attachment") the browser is to take a file of NAME. */
static void
file_named (struct reply *ret, const char *how, const char *name)
{
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);
  g_autofree char *value = g_strdup_printf ("%s; filename*=UTF-8''%s", how,
                                            escaped);

  header (ret, "Content-Disposition", value);
}

/* -- Pages. */

/* The last resort, when no stylesheet works. */
static void
plain (struct bz_req *req, const char *text, struct reply *ret)
{
  ret->status = 500;
  headers_page (req, ret);
  body_set (ret, "text/plain; charset=utf-8",
            g_bytes_new (text, strlen (text)));
}

/* "各单位编制与人员配备表（2026-11-26）.xlsx" */
static const char *
workbook_name (struct bz_req *req)
{
  const char *title = xml_attr (xmlDocGetRootElement (req->page), "title");

  return bz_format (req, "%s.xlsx", title != NULL ? title : "表");
}

/* The finished page as BODY of TYPE; NULL with ERROR. */
static GBytes *
page_draw (struct bz_req *req, const char **type, GError **error)
{
  const char *view = req->view;

  if (req->workbook) {
    *type = WORKBOOK_TYPE;
    return workbook_make (req->page, error);
  }
  if (input_wants_xml (req->accept)) {
    char *text;

    /* Without it every Chinese character of an attribute is a number. */
    if (req->page->encoding == NULL)
      req->page->encoding = xmlStrdup (BAD_CAST "UTF-8");
    text = xml_dump (xmlDocGetRootElement (req->page));
    *type = "application/xml; charset=utf-8";
    return g_bytes_new_take (text, strlen (text));
  }
  if (view == NULL && req->route != NULL)
    view = req->route->row.view;
  *type = "text/html; charset=utf-8";
  return view_render (req->page, view != NULL ? view : "error", error);
}

void
reply_page (struct bz_req *req, int http_status, bool saved, struct reply *ret)
{
  g_autoptr (GError) error = NULL;
  const char *type;
  GBytes *body;

  if (page_finish (req) < 0)
    log_line (BZ0019_PAGE_FAILED, req->number, "the page's frame failed");
  body = page_draw (req, &type, &error);
  if (body == NULL) {
    log_line (BZ0019_PAGE_FAILED, req->number,
              error != NULL ? error->message : "the page was not drawn");
    plain (req,
           saved ? "页面显示失败，但本次操作已经保存，请勿重复提交。"
                 : "页面显示失败，请记下当前时间并联系机构编制部门。",
           ret);
    return;
  }
  ret->status = http_status;
  headers_page (req, ret);
  if (req->workbook)
    file_named (ret, "attachment", workbook_name (req));
  body_set (ret, type, body);
}

static void
error_page (struct bz_req *req, int http_status, const char *text)
{
  const struct sentence *s = sentence_of (http_status);

  if (text == NULL && http_status == 413)
    text = bz_format (req,
                      "上传的文件或填写的内容过大，未作任何保存。"
                      "单个文件不能超过 %lld MB，请压缩或分页扫描后重新上传。",
                      (long long) (req->conf->max_file >> 20));
  if (text == NULL && http_status == 431)
    text = bz_format (req, "%s一次最多上传 %d 个文件，请分几次上传。", s->text,
                      req->conf->max_files);
  page_error (req, http_status, s->title, text != NULL ? text : s->text);
}

void
reply_error (struct bz_req *req, int http_status, const char *text,
             struct reply *ret)
{
  error_page (req, http_status, text);
  reply_page (req, http_status, false, ret);
}

/* -- The form once more. */

static bool
is_secret (const char *name)
{
  return strstr (name, "password") != NULL || g_str_equal (name, "key")
      || g_str_equal (name, "do");
}

static void
typed_values (struct bz_req *req, xmlNode *form)
{
  for (unsigned i = req->first_body; i < req->params->len; i++) {
    const struct param *p = &g_array_index (req->params, struct param, i);

    if (!is_secret (p->name))
      page_hidden (form, p->name, p->value);
  }
}

static xmlNode *
again_form (struct bz_req *req, xmlNode *page, bool fresh)
{
  const char *key = bz_param (req, "key");
  xmlNode *form;

  if (fresh)
    return page_form (req, page, req->path);
  form = xml_add (page, "form", NULL);
  xml_set (form, "action", bz_href (req, "%s", req->path));
  if (key != NULL)
    xml_set (form, "key", key);
  return form;
}

static void
todo_set (xmlNode *page, const char *text)
{
  xmlNode *todo = xml_child (page, "todo");

  if (todo != NULL) {
    xmlUnlinkNode (todo);
    xmlFreeNode (todo);
  }
  xml_add (page, "todo", text);
}

/* Files cannot be kept while the database is away. */
static const char *
what_is_kept (struct bz_req *req)
{
  g_autoptr (GString) files = g_string_new (NULL);

  for (unsigned i = 0; i < req->uploads->len; i++) {
    const struct upload *u = &g_array_index (req->uploads, struct upload, i);

    if (u->name != NULL && *u->name != '\0')
      g_string_append_printf (files, "%s%s", files->len > 0 ? "、" : "",
                              u->name);
  }
  if (files->len == 0)
    return "已填写的内容都保留在本页，稍后点击“重新提交”即可。";
  return bz_format (req,
                    "已填写的内容都保留在本页，稍后点击“重新提交”即可；"
                    "下列附件没有保存，须返回申请单重新选择：%s。",
                    files->str);
}

void
reply_again (struct bz_req *req, int http_status, const char *text, bool fresh,
             struct reply *ret)
{
  const char *action = bz_param (req, "do");
  xmlNode *page, *form, *button;

  error_page (req, http_status, text);
  page = xmlDocGetRootElement (req->page);
  todo_set (page, what_is_kept (req));
  form = again_form (req, page, fresh);
  typed_values (req, form);
  button = xml_add (form, "b", "重新提交");
  xml_set (button, "c", "pri");
  if (action != NULL)
    xml_set (button, "do", action);
  reply_page (req, http_status, false, ret);
}

void
reply_shut (struct bz_req *req, const char *text, struct reply *ret)
{
  error_page (req, 503, text);
  todo_set (xmlDocGetRootElement (req->page),
            "请先办理其他事项，故障排除后再来办理。");
  reply_page (req, 503, false, ret);
}

/* -- Replies that are not pages. */

void
reply_redirect (struct bz_req *req, const char *location, struct reply *ret)
{
  ret->status = 303;
  header (ret, "Location", location);
  headers_page (req, ret);
  body_set (ret, "text/plain; charset=utf-8", g_bytes_new_static ("", 0));
}

/* A file that a page of ours frames.  A browser's viewer of PDF does not run in
 * a sandbox, and draws with styles and a plugin of its own; all else is shown
 * bare. */
static const char *
policy_file (const struct bz_req *req)
{
  if (!req->framed)
    return "default-src 'none'; sandbox";
  return g_strcmp0 (req->type, "application/pdf") == 0
         ? "default-src 'none'; img-src 'self'; object-src 'self'; "
           "style-src 'unsafe-inline'; frame-ancestors 'self'"
         : "default-src 'none'; sandbox; frame-ancestors 'self'";
}

void
reply_stream (struct bz_req *req, struct reply *ret)
{
  g_autofree char *size = g_strdup_printf ("%" G_GINT64_FORMAT, req->size);

  ret->status = req->http_status != 0 ? req->http_status : 200;
  headers_common (req, policy_file (req), ret);
  header (ret, "Content-Type",
          req->type != NULL ? req->type : "application/octet-stream");
  header (ret, "Content-Length", size);
  if (req->file_name != NULL)
    file_named (ret, req->framed ? "inline" : "attachment", req->file_name);
}

void
reply_clear (struct reply *reply)
{
  if (reply->headers != NULL)
    g_string_free (reply->headers, TRUE);
  if (reply->body != NULL)
    g_bytes_unref (reply->body);
  *reply = (struct reply){ 0 };
}

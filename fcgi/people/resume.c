/* A form that was sent when the session was gone: nothing typed is lost.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "people/resume.h"
#include "data/xml.h"
#include "people/key.h"
#include "people/login.h"
#include "people/session.h"
#include "serve/route.h"
#include "show/page.h"
#include "work/hold.h"

#define KEEP "keep."

static bool
is_secret (const char *name)
{
  return strstr (name, "password") != NULL;
}

static void
say (struct bz_req *req, const char *kind, const char *text)
{
  xmlNode *message = xml_add (xml_node (bz_page (req)), "message", text);

  xml_set (message, "kind", kind);
}

/* -- Before the log-in. */

/* Who sent the form, if his session has ended by its limits and the form was
 * given to him; 0: not known.  Only his files are kept. */
static int64_t
sender (struct bz_req *req)
{
  int64_t id = req->uploads->len > 0 ? session_was_of (req) : 0;
  enum key_answer answer = id == 0 ? KEY_MISSING
                                   : key_verify (req, bz_param (req, "key"),
                                                 req->path, id);

  return answer == KEY_OK || answer == KEY_OLD ? id : 0;
}

static void
keep_files (struct bz_req *req, xmlNode *form)
{
  int64_t id = sender (req);

  for (unsigned i = 0; i < req->uploads->len; i++) {
    const struct upload *u = &g_array_index (req->uploads, struct upload, i);
    const char *reference = NULL;

    if (u->name == NULL || *u->name == '\0')
      continue;
    if (id != 0)
      reference = hold_keep (req, u, id);
    if (reference != NULL)
      page_hidden (form, bz_format (req, KEEP "held.%s", u->field), reference);
    page_hidden (form, reference != NULL ? "keep_held" : "keep_file", u->name);
  }
}

static void
keep_all (struct bz_req *req, xmlNode *form)
{
  page_hidden (form, "keep_path", req->path);
  for (unsigned i = req->first_body; i < req->params->len; i++) {
    const struct param *p = &g_array_index (req->params, struct param, i);
    g_autofree char *name = g_strconcat (KEEP, p->name, NULL);

    if (!is_secret (p->name))
      page_hidden (form, name, p->value);
  }
  keep_files (req, form);
}

/* KIND and BEFORE, then the values of all hidden NAME of FORM. */
static void
files_say (struct bz_req *req, xmlNode *form, const char *name,
           const char *kind, const char *before)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (xmlNode *h = xml_child (form, "hidden"); h != NULL;
       h = xml_next (h, "hidden"))
    if (g_strcmp0 (xml_attr (h, "n"), name) == 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "、" : before,
                              xml_attr (h, "v"));
  if (text->len > 0) {
    g_string_append (text, "。");
    say (req, kind, text->str);
  }
}

int
session_resume_page (struct bz_req *req)
{
  GArray *params = req->params;
  xmlNode *form;

  /* The log-in form must not take up fields of the interrupted one that happen
   * to have the names of its own. */
  req->params = g_array_new (FALSE, FALSE, sizeof (struct param));
  form = login_page (req);
  g_array_unref (req->params);
  req->params = params;
  req->http_status = 401;
  if (login_local (req->path)) {
    say (req, "warn",
         "登录已失效，刚才填写的内容都还保留着，没有丢失；"
         "由同一位经办人重新登录后可以继续提交。");
    keep_all (req, form);
    files_say (req, form, "keep_held", "tell",
               "下列附件已经收到，保留 24 小时：");
    files_say (req, form, "keep_file", "warn",
               "下列附件没有保留，登录后须重新选择：");
  }
  else
    say (req, "tell", "登录已失效，请重新登录。");
  return BZ_OK;
}

/* -- After it. */

bool
resume_waits (struct bz_req *req)
{
  const char *path = bz_param (req, "keep_path");

  return login_local (path) && route_lookup ("POST", path) != NULL;
}

void
resume_carry (struct bz_req *req, xmlNode *form)
{
  if (!resume_waits (req))
    return;
  for (unsigned i = req->first_body; i < req->params->len; i++) {
    const struct param *p = &g_array_index (req->params, struct param, i);

    if (g_str_has_prefix (p->name, KEEP) || g_str_equal (p->name, "keep_path")
        || g_str_equal (p->name, "keep_held")
        || g_str_equal (p->name, "keep_file"))
      page_hidden (form, p->name, p->value);
  }
}

/* The names of the files, for files_say. */
static void
names_back (struct bz_req *req, xmlNode *form, const char *name)
{
  const char *value;

  for (size_t n = 0; (value = bz_param_at (req, name, n)) != NULL; n++)
    page_hidden (form, name, value);
}

static void
values_back (struct bz_req *req, xmlNode *form)
{
  const char *action = bz_param (req, KEEP "do");
  xmlNode *b;

  for (unsigned i = req->first_body; i < req->params->len; i++) {
    const struct param *p = &g_array_index (req->params, struct param, i);
    const char *name = p->name + strlen (KEEP);

    if (g_str_has_prefix (p->name, KEEP) && *name != '\0'
        && !g_str_equal (name, "key") && !g_str_equal (name, "do")
        && !is_secret (name))
      page_hidden (form, name, p->value);
  }
  b = xml_add (form, "b", "继续");
  xml_set (b, "do", action != NULL ? action : "");
  xml_set (b, "c", "pri");
}

/* Another operator's form: nothing of it is shown. */
static int
resume_empty (struct bz_req *req, const char *path)
{
  bool opens = route_lookup ("GET", path) != NULL;
  xmlNode *form, *a;

  say (req, "warn", "刚才的表单是另一位经办人填写的，内容不会转给您。");
  form = xml_add (xml_node (bz_page (req)), "form", NULL);
  xml_set (form, "action", bz_href (req, "%s", opens ? path : "/"));
  a = xml_add (form, "a", opens ? "打开空白表单" : "返回首页");
  xml_set (a, "href", bz_href (req, "%s", opens ? path : "/"));
  return BZ_OK;
}

int
resume_finish (struct bz_req *req)
{
  const char *path = bz_param (req, "keep_path");
  const char *key = bz_param (req, KEEP "key");
  enum key_answer answer = key_verify (req, key, path, bz_user_id (req));
  xmlNode *form;

  bz_view (req, "resume");
  bz_title (req, "继续办理");
  if (answer != KEY_OK && answer != KEY_OLD)
    return resume_empty (req, path);
  say (req, "tell", "已重新登录。刚才填写的内容都在，点击“继续”即可提交。");
  form = xml_add (xml_node (bz_page (req)), "form", NULL);
  xml_set (form, "action", bz_href (req, "%s", path));
  xml_set (form, "key", answer == KEY_OLD ? key_new (req, path) : key);
  names_back (req, form, "keep_held");
  names_back (req, form, "keep_file");
  files_say (req, form, "keep_held", "tell",
             "下列附件已经收到，继续时一并保存：");
  files_say (req, form, "keep_file", "warn",
             "下列附件没有随表单保存，继续之后须重新选择：");
  values_back (req, form);
  return BZ_OK;
}

/* The board as a page, as text and as metrics: no session, no database, nothing
 * about a person.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/status.h"
#include "data/xml.h"
#include "serve/board.h"
#include "serve/clock.h"
#include "serve/req.h"
#include "serve/route.h"
#include "serve/sandbox.h"
#include "serve/shun.h"

static const char *const state_name[] = { "idle", "reading", "working",
                                          "writing" };
static const char *const state_title[] = { "空闲", "接收", "处理", "回复" };
static const char *const class_name[BOARD_CLASSES] = { "lost", "1xx", "2xx",
                                                       "3xx",  "4xx", "5xx" };
static const struct {
  enum board_counter counter;
  const char *metric, *help, *title;
} counters[] = {
  { BOARD_TRIPS, "bianzhi_db_round_trips_total",
    "Statements sent to the database.", "数据库往返" },
  { BOARD_UNKNOWN, "bianzhi_db_unknown_outcomes_total",
    "Commits whose outcome had to be asked for.", "提交结果待查" },
  { BOARD_RETRIES, "bianzhi_db_retries_total",
    "Transactions that were run again.", "重新执行" },
  { BOARD_UPLOADS, "bianzhi_uploads_total", "Files received.", "接收文件" },
  { BOARD_UPLOAD_BYTES, "bianzhi_upload_bytes_total",
    "Bytes of the files received.", "接收文件字节" },
  { BOARD_DEATHS, "bianzhi_worker_deaths_total",
    "Workers that did not leave by themselves.", "进程异常退出" },
  { BOARD_OVERDUE, "bianzhi_worker_overdue_total",
    "Workers ended at the deadline of their request.", "超时终止" },
  { BOARD_SLOW, "bianzhi_slow_requests_total",
    "Requests whose stack was logged.", "慢请求" },
  { BOARD_LEAVERS, "bianzhi_worker_leavers_total",
    "Workers that left for the memory or descriptors they held.",
    "占用过多而更换" },
};

/* -- Replies of text. */

struct text {
  GString *all;
  size_t at;
};

static void
text_free (void *p)
{
  struct text *t = p;

  g_string_free (t->all, TRUE);
  g_free (t);
}

static gssize
text_read (struct bz_req *req, void *state, void *buf, size_t size)
{
  struct text *t = state;
  size_t n = MIN (size, t->all->len - t->at);

  memcpy (buf, t->all->str + t->at, n);
  t->at += n;
  return (gssize) n;
}

/* ALL becomes the request's. */
static int
reply_text (struct bz_req *req, const char *type, GString *all)
{
  struct text *t = g_new (struct text, 1);

  *t = (struct text){ all, 0 };
  req_own (req, t, text_free);
  req->type = type;
  req->size = (int64_t) all->len;
  req->read = text_read;
  req->read_state = t;
  return BZ_OK;
}

static const char *
path_of (const struct route *route)
{
  return route != NULL ? route->row.path : "-";
}

static const char *
method_of (const struct route *route)
{
  return route != NULL ? route->row.method : "-";
}

/* Route N of all, the last is none: false behind it. */
static bool
route_next (unsigned n, const struct route **route, struct board_route *ret)
{
  if (n > route_count ())
    return false;
  *route = route_at (n);
  board_of_route (*route, ret);
  return true;
}

static int64_t
answers_of (const struct board_route *r)
{
  int64_t sum = 0;

  for (unsigned i = 0; i < BOARD_CLASSES; i++)
    sum += r->answers[i];
  return sum;
}

/* Milliseconds of an answer, with a tenth. */
static const char *
mean_of (struct bz_req *req, const struct board_route *r)
{
  int64_t tenths = r->us / MAX (r->count, 1) / 100;

  return bz_format (req, "%lld.%d", (long long) tenths / 10,
                    (int) (tenths % 10));
}

/* Is this the first route of a plugin that is shut? */
static bool
first_shut (const struct route *route, const struct board_route *r)
{
  if (route == NULL || r->shut == 0)
    return false;
  for (unsigned i = 0; i < route->number; i++)
    if (g_str_equal (route_at (i)->pack, route->pack))
      return false;
  return true;
}

/* -- Metrics (text format 0.0.4 of Prometheus). */

static void
head (GString *to, const char *name, const char *type, const char *help)
{
  g_string_append_printf (to, "# HELP %s %s\n# TYPE %s %s\n", name, help, name,
                          type);
}

static void
metrics_requests (GString *to)
{
  const struct route *route;
  struct board_route r;

  head (to, "bianzhi_requests_total", "counter",
        "Answers by route and class; lost: the worker died over it.");
  for (unsigned n = 0; route_next (n, &route, &r); n++)
    for (unsigned i = 0; i < BOARD_CLASSES; i++)
      if (r.answers[i] > 0)
        g_string_append_printf (to,
                                "bianzhi_requests_total{method=\"%s\",route="
                                "\"%s\",class=\"%s\"} %" G_GINT64_FORMAT "\n",
                                method_of (route), path_of (route),
                                class_name[i], r.answers[i]);
}

/* BOUND in ms; <0: the last one. */
static void
bucket (GString *to, const struct route *route, int bound, int64_t n)
{
  g_string_append_printf (to,
                          "bianzhi_request_seconds_bucket{method=\"%s\","
                          "route=\"%s\",le=\"",
                          method_of (route), path_of (route));
  if (bound < 0)
    g_string_append (to, "+Inf");
  else
    g_string_append_printf (to, "%d.%03d", bound / 1000, bound % 1000);
  g_string_append_printf (to, "\"} %" G_GINT64_FORMAT "\n", n);
}

static void
histogram (GString *to, const struct route *route, const struct board_route *r)
{
  static const int bounds[BOARD_BUCKETS - 1] = BOARD_BOUNDS;
  int64_t sum = 0;

  for (unsigned i = 0; i < BOARD_BUCKETS; i++) {
    sum += r->buckets[i];
    bucket (to, route, i < G_N_ELEMENTS (bounds) ? bounds[i] : -1, sum);
  }
  g_string_append_printf (to,
                          "bianzhi_request_seconds_sum{method=\"%s\",route="
                          "\"%s\"} %" G_GINT64_FORMAT ".%06d\n"
                          "bianzhi_request_seconds_count{method=\"%s\",route="
                          "\"%s\"} %" G_GINT64_FORMAT "\n",
                          method_of (route), path_of (route), r->us / 1000000,
                          (int) (r->us % 1000000), method_of (route),
                          path_of (route), sum);
}

static void
metrics_durations (GString *to)
{
  const struct route *route;
  struct board_route r;

  head (to, "bianzhi_request_seconds", "histogram",
        "From the whole request in to its answer made.");
  for (unsigned n = 0; route_next (n, &route, &r); n++)
    if (r.count > 0)
      histogram (to, route, &r);
}

static void
metrics_workers (GString *to)
{
  int64_t states[G_N_ELEMENTS (state_name)] = { 0 };
  struct board_worker w;

  for (unsigned n = 0; board_worker (n, &w); n++)
    if (w.pid != 0)
      states[w.state]++;
  head (to, "bianzhi_workers", "gauge", "Workers by what they are doing.");
  for (unsigned i = 0; i < G_N_ELEMENTS (state_name); i++)
    g_string_append_printf (to,
                            "bianzhi_workers{state=\"%s\"} %" G_GINT64_FORMAT
                            "\n",
                            state_name[i], states[i]);
  head (to, "bianzhi_worker_resident_bytes", "gauge",
        "Memory of each worker after its last request.");
  for (unsigned n = 0; board_worker (n, &w); n++)
    if (w.pid != 0)
      g_string_append_printf (to,
                              "bianzhi_worker_resident_bytes{slot=\"%u\"} "
                              "%" G_GINT64_FORMAT "\n",
                              n, w.memory);
}

static void
metrics_plugins (GString *to)
{
  const struct route *route;
  struct board_route r;

  head (to, "bianzhi_plugin_shut", "gauge",
        "1: the plugin is shut off because workers died over it.");
  for (unsigned n = 0; route_next (n, &route, &r); n++)
    if (first_shut (route, &r))
      g_string_append_printf (to, "bianzhi_plugin_shut{plugin=\"%s\"} 1\n",
                              route->pack);
}

static void
metric (GString *to, const char *name, const char *type, const char *help,
        int64_t value)
{
  head (to, name, type, help);
  g_string_append_printf (to, "%s %" G_GINT64_FORMAT "\n", name, value);
}

/* GET /metrics */
static int
metrics_get (struct bz_req *req)
{
  GString *to = g_string_new (NULL);

  metrics_requests (to);
  metrics_durations (to);
  for (size_t i = 0; i < G_N_ELEMENTS (counters); i++)
    metric (to, counters[i].metric, "counter", counters[i].help,
            board_counted (counters[i].counter));
  metrics_workers (to);
  metrics_plugins (to);
  metric (to, "bianzhi_sandbox", "gauge",
          "1: the workers run in a sandbox; 0: without one.",
          sandbox_off (req->conf) == NULL);
  metric (to, "bianzhi_generation", "gauge",
          "Of code and definitions; a reload makes the next.",
          board_generation ());
  metric (to, "bianzhi_start_time_seconds", "gauge",
          "When this generation began, since 1970.", board_started ());
  return reply_text (req, "text/plain; version=0.0.4; charset=utf-8", to);
}

/* -- Text, for `bianzhi status`. */

static void
text_workers (GString *to)
{
  struct board_worker w;

  g_string_append_printf (to, "%-8s %-8s %8s %9s %7s  %s\n", "worker", "state",
                          "seconds", "requests", "MB", "route, last error");
  for (unsigned n = 0; board_worker (n, &w); n++) {
    char when[20];

    if (w.pid == 0)
      continue;
    g_string_append_printf (to,
                            "%-8" G_GINT64_FORMAT " %-8s %8" G_GINT64_FORMAT
                            " %9" G_GINT64_FORMAT " %7" G_GINT64_FORMAT
                            "  %s %s",
                            w.pid, state_name[w.state],
                            (clock_ms () - w.since) / 1000, w.requests,
                            w.memory >> 20, method_of (w.route),
                            path_of (w.route));
    if (w.error_at != 0) {
      clock_text (w.error_at, when);
      g_string_append_printf (to, ", %s %d %s %s", when, (int) w.error_status,
                              method_of (w.error_route),
                              path_of (w.error_route));
    }
    g_string_append_c (to, '\n');
  }
}

static void
text_routes (struct bz_req *req, GString *to)
{
  const struct route *route;
  struct board_route r;

  g_string_append_printf (to, "\n%8s %8s %8s %8s %8s %8s  %s\n", "2xx", "3xx",
                          "4xx", "5xx", "lost", "mean ms", "route");
  for (unsigned n = 0; route_next (n, &route, &r); n++)
    if (answers_of (&r) > 0)
      g_string_append_printf (to,
                              "%8" G_GINT64_FORMAT " %8" G_GINT64_FORMAT
                              " %8" G_GINT64_FORMAT " %8" G_GINT64_FORMAT
                              " %8" G_GINT64_FORMAT " %8s  %s %s\n",
                              r.answers[2], r.answers[3], r.answers[4],
                              r.answers[5], r.answers[0], mean_of (req, &r),
                              method_of (route), path_of (route));
  for (unsigned n = 0; route_next (n, &route, &r); n++)
    if (first_shut (route, &r)) {
      char number[SHUN_NUMBER_SIZE];

      shun_number (r.shut, number);
      g_string_append_printf (to,
                              "\nplugin %s is shut off until a reload or "
                              "restart, incident %s\n",
                              route->pack, number);
    }
}

/* GET /status/text */
static int
text_get (struct bz_req *req)
{
  GString *to = g_string_new (NULL);
  char when[20];

  clock_text (board_started (), when);
  g_string_append_printf (to, "generation %d since %s\n\n",
                          (int) board_generation (), when);
  if (sandbox_off (req->conf) != NULL)
    g_string_append_printf (to, "WITHOUT A SANDBOX: %s\n\n",
                            sandbox_off (req->conf));
  text_workers (to);
  text_routes (req, to);
  g_string_append_c (to, '\n');
  for (size_t i = 0; i < G_N_ELEMENTS (counters); i++)
    g_string_append_printf (to, "%12" G_GINT64_FORMAT "  %s\n",
                            board_counted (counters[i].counter),
                            counters[i].help);
  return reply_text (req, "text/plain; charset=utf-8", to);
}

/* -- The page. */

static xmlNode *
table_add (xmlNode *page, const char *id, const char *caption,
           const char *const *columns, const char *empty)
{
  xmlNode *table = xml_add (page, "table", NULL);

  xml_set (table, "id", id);
  xml_set (table, "caption", caption);
  xml_set (table, "empty", empty);
  for (; *columns != NULL; columns++)
    xml_set (xml_add (table, "col", NULL), "t", *columns);
  return table;
}

static void
cell (struct bz_req *req, xmlNode *row, int64_t n)
{
  xml_set (xml_add (row, "c", bz_format (req, "%lld", (long long) n)), "c",
           "num");
}

static void
page_plugins (struct bz_req *req, xmlNode *page)
{
  const struct route *route;
  struct board_route r;

  for (unsigned n = 0; route_next (n, &route, &r); n++)
    if (first_shut (route, &r)) {
      char number[SHUN_NUMBER_SIZE];
      xmlNode *m;

      shun_number (r.shut, number);
      m = xml_add (page, "message",
                   bz_format (req,
                              "插件 %s 因反复出现故障已暂停使用，故障编号 %s；"
                              "排除故障后重新加载或重新启动服务即恢复。",
                              route->pack, number));
      xml_set (m, "kind", "warn");
    }
}

static const char *
address_of (struct bz_req *req, const struct route *route, const char *none)
{
  return route == NULL
         ? none
         : bz_format (req, "%s %s", route->row.method, route->row.path);
}

static void
page_sandbox (struct bz_req *req, xmlNode *page)
{
  if (sandbox_off (req->conf) != NULL)
    xml_set (xml_add (page, "message",
                      "工作进程没有在沙箱中运行，程序一旦有漏洞，危害更大；"
                      "请在配置文件中去掉 [server] sandbox=off，"
                      "再重新加载或重新启动服务。"),
             "kind", "warn");
}

static void
page_workers (struct bz_req *req, xmlNode *page)
{
  static const char *const columns[] = { "进程",       "状态",   "秒",
                                         "地址",       "请求数", "内存 MB",
                                         "最近的错误", NULL };
  xmlNode *table = table_add (page, "workers", "工作进程", columns,
                              "没有工作进程。");
  struct board_worker w;

  for (unsigned n = 0; board_worker (n, &w); n++) {
    char when[20] = "";
    xmlNode *row;

    if (w.pid == 0)
      continue;
    row = xml_add (table, "r", NULL);
    cell (req, row, w.pid);
    xml_add (row, "c", state_title[w.state]);
    cell (req, row, (clock_ms () - w.since) / 1000);
    xml_add (row, "c", address_of (req, w.route, "无"));
    cell (req, row, w.requests);
    cell (req, row, w.memory >> 20);
    if (w.error_at != 0)
      clock_text (w.error_at, when);
    xml_add (row, "c",
             w.error_at == 0
               ? "无"
               : bz_format (req, "%s %d %s", when, (int) w.error_status,
                            address_of (req, w.error_route, "没有的地址")));
  }
}

static void
page_routes (struct bz_req *req, xmlNode *page)
{
  static const char *const columns[] = { "地址", "2xx",  "3xx",      "4xx",
                                         "5xx",  "中断", "平均毫秒", NULL };
  xmlNode *table = table_add (page, "routes", "请求", columns, "还没有请求。");
  const struct route *route;
  struct board_route r;

  for (unsigned n = 0; route_next (n, &route, &r); n++) {
    xmlNode *row;

    if (answers_of (&r) == 0)
      continue;
    row = xml_add (table, "r", NULL);
    xml_add (row, "c", address_of (req, route, "没有的地址"));
    for (unsigned i = BOARD_2XX; i <= BOARD_5XX; i++)
      cell (req, row, r.answers[i]);
    cell (req, row, r.answers[BOARD_LOST]);
    xml_set (xml_add (row, "c", mean_of (req, &r)), "c", "num");
  }
}

static void
kv (xmlNode *section, const char *title, const char *text)
{
  xml_set (xml_add (section, "kv", text), "t", title);
}

/* GET /status */
static int
status_get (struct bz_req *req)
{
  xmlNode *page = xml_node (bz_page (req)), *section;
  char when[20];

  bz_title (req, "运行状态");
  page_plugins (req, page);
  page_sandbox (req, page);
  section = xml_add (page, "section", NULL);
  xml_set (section, "id", "server");
  xml_set (section, "t", "服务");
  clock_text (board_started (), when);
  kv (section, "启动时间", when);
  kv (section, "版次",
      bz_format (req, "%lld", (long long) board_generation ()));
  for (size_t i = 0; i < G_N_ELEMENTS (counters); i++)
    kv (section, counters[i].title,
        bz_format (req, "%lld",
                   (long long) board_counted (counters[i].counter)));
  page_workers (req, page);
  page_routes (req, page);
  return BZ_OK;
}

int
status_routes (GError **error)
{
  static const struct bz_route table[] = {
    { "GET", "/status", "local", NULL, "record", status_get },
    { "GET", "/status/text", "local", NULL, NULL, text_get },
    { "GET", "/metrics", "local", NULL, NULL, metrics_get },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (table); i++) {
    int rc = route_add (&table[i], "bz", NULL, error);

    if (rc < 0)
      return rc;
  }
  return BZ_OK;
}

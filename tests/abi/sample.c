/* A plugin that tests/abi builds against the present header and against
 * doctored ones.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "bianzhi/plugin.h"

static int
sample_show (struct bz_req *req)
{
  return BZ_OK;
}

static int
sample_load (const struct bz_conf *conf)
{
  return BZ_OK;
}

static const struct bz_route routes[] = {
  { .method = "GET", .path = "/sample/", .permission = "session",
    .handle = sample_show },
  { .method = "POST", .path = "/sample/{id}", .permission = "sample.edit",
    .handle = sample_show },
};

static const struct bz_business businesses[] = {
  { .name = "sample" },
  { .name = "second" },
};

static const char *const needs[] = { "staffing", NULL };

static const struct bz_plugin sample = {
  .head = BZ_HEAD,
  .name = "sample",
  .version = "1",
  .title = "示例",
  .needs = needs,
  .load = sample_load,
  .routes = BZ_ROWS (routes),
  .businesses = BZ_ROWS (businesses),
};

#ifndef SAMPLE_WITHOUT_ENTRY
BZ_EXPORT (sample)
#else
BZ_API const struct bz_plugin *sample_entry (void);
const struct bz_plugin *
sample_entry (void)
{
  return &sample;
}
#endif

/* Events: a fact told to the listeners of all plugins, inside the change.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "define/pack.h"
#include "serve/req.h"
#include "work/event.h"

bool
event_matches (const char *pattern, const char *topic)
{
  size_t n = pattern != NULL ? strlen (pattern) : 0;

  if (n == 0 || topic == NULL)
    return false;
  if (n >= 2 && strcmp (pattern + n - 2, ".*") == 0)
    return strncmp (pattern, topic, n - 1) == 0 && topic[n - 1] != '\0';
  return strcmp (pattern, topic) == 0;
}

static int
event_tell (struct bz_req *req, const struct pack *p,
            const struct bz_event *event)
{
  for (uint32_t i = 0; i < p->api.listeners.count; i++) {
    struct bz_listener l = { 0 };
    int rc;

    plugin_row (p->api.listeners.at, p->api.listeners.stride, i, &l, sizeof l);
    if (l.notify == NULL || !event_matches (l.topic, event->topic))
      continue;
    rc = l.notify (req, event);
    if (rc < 0)
      return rc;
  }
  return BZ_OK;
}

int
bz_emit (struct bz_req *req, const struct bz_event *event)
{
  const struct pack *p;

  for (unsigned i = 0; (p = pack_at (i)) != NULL; i++) {
    int rc = event_tell (req, p, event);

    if (rc < 0)
      return rc;
  }
  return BZ_OK;
}

#pragma once
#include <stddef.h>

/// The peer of the delivery engine: one blocking request at a time with curl_easy_perform, connections reused.
typedef struct plain_post plain_post;

plain_post *plain_post_open(void);
void plain_post_close(plain_post *post);

/// Sends a body with three headers; the HTTP status, or 0 where no answer came.
long plain_post_send(
    plain_post *post, const char *url, const char *id, const char *timestamp, const char *signature,
    const unsigned char *body, size_t length);

#include "PlainPost.h"

#include <curl/curl.h>
#include <stdlib.h>

struct plain_post {
    CURL *curl;
};

static size_t discard(char *bytes, size_t size, size_t count, void *context) {
    (void)bytes;
    (void)context;
    return size * count;
}

plain_post *plain_post_open(void) {
    plain_post *post = malloc(sizeof *post);
    if (!post) return NULL;
    post->curl = curl_easy_init();
    if (!post->curl) {
        free(post);
        return NULL;
    }
    return post;
}

void plain_post_close(plain_post *post) {
    curl_easy_cleanup(post->curl);
    free(post);
}

long plain_post_send(
    plain_post *post, const char *url, const char *id, const char *timestamp, const char *signature,
    const unsigned char *body, size_t length
) {
    struct curl_slist *list = NULL;
    list = curl_slist_append(list, id);
    list = curl_slist_append(list, timestamp);
    list = curl_slist_append(list, signature);
    curl_easy_setopt(post->curl, CURLOPT_URL, url);
    curl_easy_setopt(post->curl, CURLOPT_HTTPHEADER, list);
    curl_easy_setopt(post->curl, CURLOPT_POSTFIELDS, (const char *)body);
    curl_easy_setopt(post->curl, CURLOPT_POSTFIELDSIZE, (long)length);
    curl_easy_setopt(post->curl, CURLOPT_WRITEFUNCTION, discard);
    curl_easy_setopt(post->curl, CURLOPT_TIMEOUT, 20L);
    curl_easy_setopt(post->curl, CURLOPT_NOSIGNAL, 1L);
    long status = 0;
    if (curl_easy_perform(post->curl) == CURLE_OK)
        curl_easy_getinfo(post->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(list);
    return status;
}

#ifndef ANDRIAS_PLAIN_OPENCV_H
#define ANDRIAS_PLAIN_OPENCV_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Features of one picture as the plain published pipeline makes them.
typedef struct plain_features plain_features;

/// SIFT (Lowe 2004) on grey, the long side brought to 512 pixels, at most 1,500 features; NULL where OpenCV threw.
///
/// The caller frees the result with `plain_free`.
plain_features *plain_extract(const uint8_t *rgb, int width, int height);

/// Number of features.
int plain_count(const plain_features *features);

/// Inliers of one affine RANSAC over brute-force L2 matches that pass the ratio test of 0.75; -1 where OpenCV threw.
int plain_inliers(const plain_features *query, const plain_features *reference);

/// Frees features.
void plain_free(plain_features *features);

#ifdef __cplusplus
}
#endif
#endif

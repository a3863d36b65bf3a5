#ifndef ANDRIAS_OPENCV_BRIDGE_H
#define ANDRIAS_OPENCV_BRIDGE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Every function returns 0, or -1 when OpenCV threw; the reason is then in `cv_bridge_last_error()` of this thread.
const char *cv_bridge_last_error(void);

/// Keeps OpenCV from starting threads of its own.
void cv_bridge_use_one_thread(void);

/// Splits interleaved 8-bit sRGB into CIE L*a*b* planes of `width * height` floats (L 0…100, a and b −127…127).
int cv_bridge_lab_planes(const uint8_t *rgb, int width, int height, float *lightness, float *a, float *b);

/// Contrast-limited adaptive histogram equalisation (Zuiderveld 1994) of an 8-bit plane, in place.
int cv_bridge_clahe(uint8_t *plane, int width, int height, double clip_limit, int tiles_x, int tiles_y);

/// Erodes an 8-bit mask in place with a square of `2 * radius + 1` pixels; the frame's edge erodes nothing.
int cv_bridge_erode(uint8_t *mask, int width, int height, int radius);

/// One scale-space keypoint: position and diameter in pixels, direction in degrees 0…360, strength of the extremum.
typedef struct {
    float x, y, size, angle, response;
} cv_bridge_keypoint;

/// SIFT keypoints and descriptors (Lowe 2004) of an 8-bit plane where `mask` is not 0.
///
/// OpenCV doubles the plane first. Upright keypoints have direction 0 and stand once at a place. Writes at most
/// `capacity` keypoints, the strongest first, with 128 floats each, and their number to `count`.
int cv_bridge_sift(
    const uint8_t *plane, const uint8_t *mask, int width, int height, int capacity, double contrast_threshold,
    int upright, cv_bridge_keypoint *keypoints, float *descriptors, int *count);

/// Euclidean distance of each pixel of an 8-bit mask to the nearest 0, in pixels; beyond the frame all is 0.
int cv_bridge_distance(const uint8_t *mask, int width, int height, float *distance);

/// Samples interleaved 8-bit RGB bilinearly at `target_width * target_height` places in pixels; the edge is repeated.
int cv_bridge_sample(
    const uint8_t *rgb, int width, int height, const float *x, const float *y, int target_width, int target_height,
    uint8_t *target);

/// Robust similarity (turn, scale, shift), or any affine map, from `from` to `to`, interleaved x, y of `count` points,
/// by RANSAC with a fixed seed.
///
/// Writes the row-major 2 × 3 matrix and a flag for each inlier; `found` is 0 where no finite matrix fits.
int cv_bridge_ransac(
    const float *from, const float *to, int count, int any_affine, double threshold_pixels, double *matrix, uint8_t *inliers,
    int *found);

#ifdef __cplusplus
}
#endif
#endif

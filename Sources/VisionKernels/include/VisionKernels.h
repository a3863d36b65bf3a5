#ifndef ANDRIAS_VISION_KERNELS_H
#define ANDRIAS_VISION_KERNELS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes of a descriptor, descriptors interleaved into one block, and bytes of a block.
enum { VK_DIMENSION = 64, VK_LANES = 8, VK_BLOCK_BYTES = VK_DIMENSION * VK_LANES, VK_MOST_FEATURES = 512 };

/// Descriptors of one image channel.
///
/// `blocks` holds ⌈count / 8⌉ blocks of 512 bytes: bytes 4g … 4g+3 of descriptor i stand at block i / 8, offset
/// 32g + 4 (i mod 8), so that one 32-byte load brings the same four bytes of eight descriptors. The Euclidean norm of a
/// descriptor must not exceed 181: then no sum of products leaves 16 bits (Cauchy–Schwarz). `squares` holds the squared
/// norms, padded to a multiple of 8. `along`, `across` and `octave` are places in the straightened body in the caller's
/// units, padded likewise, or all null.
typedef struct {
    const int8_t *blocks;
    const int32_t *squares;
    const int16_t *along, *across, *octave;
    int32_t count;
} vk_features;

/// How far apart two places may lie for their descriptors to be compared, each inclusive.
typedef struct {
    int16_t along, across, octave;
} vk_window;

/// Indices of two descriptors that match.
typedef struct {
    int32_t query, reference;
} vk_match;

/// How the kernel runs on this processor: "avx2" or "plain".
const char *vk_variant(void);

/// Mutual nearest neighbours whose nearest reference is clearly nearer than the second (Lowe 2004).
///
/// Of equal distances the smaller index counts. With a window, only references inside it are neighbours; it needs the
/// places of both. Writes at most `query->count` matches in rising order of the query's index and returns their number;
/// counts beyond `VK_MOST_FEATURES` are not looked at.
int32_t vk_mutual_matches(
    const vk_features *query, const vk_features *reference, float ratio, const vk_window *window, vk_match *matches);

/// The same by the plain loop, for processors without vectors and as the reference of the vectorised one.
int32_t vk_mutual_matches_plain(
    const vk_features *query, const vk_features *reference, float ratio, const vk_window *window, vk_match *matches);

#ifdef __cplusplus
}
#endif
#endif

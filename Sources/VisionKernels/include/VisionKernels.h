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

/// A query's nearest reference.
typedef struct {
    int32_t query, reference;
    /// Distance to it as a fraction of the distance to the second nearest, 0 … 1; 0 where there is no second.
    float ratio;
    /// 1 where the query is the reference's nearest too.
    int32_t mutual;
} vk_match;

/// Ways to run the matching: a plain loop, 256-bit vectors, 512-bit vectors with 8-bit products (VNNI).
typedef enum { VK_PLAIN, VK_AVX2, VK_AVX512 } vk_variant;

/// The fastest way on this processor.
vk_variant vk_fastest(void);

/// Nearest neighbours that are nearer than a fraction of the second nearest (Lowe 2004).
///
/// Of equal distances the smaller index counts. With a window, only references inside it are neighbours; it needs the
/// places of both. Writes at most `query->count` matches in rising order of the query's index and returns their number;
/// counts beyond `VK_MOST_FEATURES` are not looked at. Every variant writes the same; one that the processor lacks
/// writes nothing and returns -1.
int32_t vk_matches(
    vk_variant variant, const vk_features *query, const vk_features *reference, float ratio, const vk_window *window,
    vk_match *matches);

/// Squared norms of interleaved descriptors, padded to a multiple of 8.
///
/// Returns 0, or -1 where a byte is -128, whose magnitude no byte holds, or a norm exceeds 181.
int32_t vk_squared_norms(const int8_t *blocks, int32_t count, int32_t *squares);

/// Writes which of the 64 coefficients of each interleaved descriptor are positive, one bit each.
void vk_signs(const int8_t *blocks, int32_t count, uint64_t *signs);

/// Writes a key of 16 bits for each set of signs: bit b is the sign of coefficient `coefficients[b]`.
void vk_keys(const uint64_t *signs, int32_t count, const uint8_t coefficients[16], uint16_t *keys);

/// Places of matches in two pictures, in pixels; how much each keypoint turned, in radians, and grew, as a factor.
typedef struct {
    const float *from_x, *from_y, *to_x, *to_y, *turn, *growth;
    int32_t count;
} vk_places;

/// Marks the matches that a neighbouring match agrees with.
///
/// Each implies a similarity by its own keypoint's turn and growth, and is marked where at least one neighbour, 5 to 60
/// pixels away, lies where that similarity puts it. This forgives bending. Writes 1 or 0 for each match.
void vk_supported(const vk_places *places, uint8_t *supported);

/// The map on which most matches agree to a distance: x' = m0 x + m1 y + m2, y' = m3 x + m4 y + m5.
///
/// Every two matches propose a similarity, which must keep size to a factor of 2.5 and agree with the first one's
/// change of direction to 0.7 rad; the best is fitted twice to the matches within 1.2 times the distance. Deterministic;
/// count³ steps. Returns how many matches agree in the end, 0 where fewer than three do.
int32_t vk_similarity(const vk_places *places, float distance, float map[6]);

/// The same for straightened bodies: two matches at least a tenth of `length` apart propose a stretch along the body by
/// up to 5/3, a shift and a shear by up to 1/4; the best is fitted as an affine map.
int32_t vk_strip_map(const vk_places *places, float distance, float length, float map[6]);

/// Directions told apart over half a turn; with red, green and blue the channels of a map. Numbers that describe a place:
/// a square of 3 × 3, each with its directions and how far its colour is. Places round a head: a square of 9 × 9.
enum {
    VK_BINS = 6, VK_CHANNELS = VK_BINS + 3, VK_SIDE = 3, VK_NUMBERS = VK_SIDE * VK_SIDE * (VK_BINS + 1), VK_GRID = 9,
    VK_SURROUNDINGS = VK_GRID * VK_GRID
};

/// A picture's maps at one size, and pixels here for one of the picture.
typedef struct {
    const float *maps;
    int32_t width, height;
    double scale_x, scale_y;
} vk_orientation_level;

/// Where a head's middle lies in pixels of the picture, and what 1 in its frame becomes there.
typedef struct {
    double x, y, turn_x, turn_y;
} vk_head_frame;

/// How strongly brightness changes in each direction at each pixel, and its colour, blurred twice by 1 : 2 : 1.
///
/// Writes `VK_CHANNELS` numbers a pixel, row by row; `scratch` has room for as many.
void vk_orientation_maps(
    const uint8_t *rgb, const uint8_t *luma, int32_t width, int32_t height, float *maps, float *scratch);

/// Describes what lies round places of a head, and how unlike the middle of the head its surroundings are.
///
/// `points` are `count` pairs of x and y; `step` is what lies between two places of a square, in head lengths. Writes
/// `VK_NUMBERS` for each point from the fine level, then `VK_SURROUNDINGS` from the coarse one, places a quarter of a
/// head apart; 0 beside the picture.
void vk_describe_head(
    const vk_orientation_level *coarse, const vk_orientation_level *fine, const vk_head_frame *frame,
    const double *points, int32_t count, double step, double *row);

#ifdef __cplusplus
}
#endif
#endif

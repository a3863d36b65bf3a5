#include "OpenCVBridge.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <exception>
#include <string>
#include <tuple>
#include <vector>

#include <opencv2/calib3d.hpp>
#include <opencv2/core.hpp>
#include <opencv2/features2d.hpp>
#include <opencv2/imgproc.hpp>

namespace {
thread_local std::string last_error;

template <typename Body> int guarded(Body body) {
    try {
        body();
        return 0;
    } catch (const std::exception &error) {
        last_error = error.what();
    } catch (...) {
        last_error = "unknown C++ exception";
    }
    return -1;
}

cv::Mat plane_over(const uint8_t *bytes, int width, int height) {
    return cv::Mat(height, width, CV_8UC1, const_cast<uint8_t *>(bytes));
}
} // namespace

const char *cv_bridge_last_error(void) { return last_error.c_str(); }

void cv_bridge_use_one_thread(void) { cv::setNumThreads(1); }

int cv_bridge_lab_planes(const uint8_t *rgb, int width, int height, float *lightness, float *a, float *b) {
    return guarded([&] {
        const cv::Mat bytes(height, width, CV_8UC3, const_cast<uint8_t *>(rgb));
        cv::Mat unit, lab;
        bytes.convertTo(unit, CV_32F, 1.0 / 255);
        cv::cvtColor(unit, lab, cv::COLOR_RGB2Lab);
        cv::Mat planes[] = {
            cv::Mat(height, width, CV_32F, lightness), cv::Mat(height, width, CV_32F, a),
            cv::Mat(height, width, CV_32F, b)};
        const int order[] = {0, 0, 1, 1, 2, 2};
        cv::mixChannels(&lab, 1, planes, 3, order, 3);
    });
}

int cv_bridge_clahe(uint8_t *plane, int width, int height, double clip_limit, int tiles_x, int tiles_y) {
    return guarded([&] {
        cv::Mat image = plane_over(plane, width, height), equalised;
        cv::createCLAHE(clip_limit, cv::Size(tiles_x, tiles_y))->apply(image, equalised);
        equalised.copyTo(image);
    });
}

int cv_bridge_erode(uint8_t *mask, int width, int height, int radius) {
    return guarded([&] {
        cv::Mat image = plane_over(mask, width, height), eroded;
        const int side = 2 * radius + 1;
        cv::erode(image, eroded, cv::getStructuringElement(cv::MORPH_RECT, cv::Size(side, side)));
        eroded.copyTo(image);
    });
}

int cv_bridge_sift(
    const uint8_t *plane, const uint8_t *mask, int width, int height, int capacity, double contrast_threshold,
    int upright, cv_bridge_keypoint *keypoints, float *descriptors, int *count) {
    *count = 0;
    return guarded([&] {
        std::vector<cv::KeyPoint> found, chosen;
        cv::Mat rows;
        const cv::Mat image = plane_over(plane, width, height), allowed = plane_over(mask, width, height);
        // Its own limit counts keypoints outside the mask too, so it is given none.
        const auto sift = cv::SIFT::create(0, 3, contrast_threshold);
        sift->detect(image, found, allowed);
        std::vector<int> order(found.size());
        for (size_t index = 0; index < order.size(); ++index) order[index] = static_cast<int>(index);
        const auto same_place = [&](int left, int right) {
            return found[left].pt == found[right].pt && found[left].size == found[right].size;
        };
        std::stable_sort(order.begin(), order.end(), [&](int left, int right) {
            const cv::KeyPoint &l = found[left], &r = found[right];
            return std::tie(r.response, l.pt.x, l.pt.y, l.size) < std::tie(l.response, r.pt.x, r.pt.y, r.size);
        });
        if (upright) order.erase(std::unique(order.begin(), order.end(), same_place), order.end());
        order.resize(std::min(order.size(), static_cast<size_t>(capacity)));
        for (int index : order) {
            chosen.push_back(found[index]);
            if (upright) chosen.back().angle = 0;
        }
        // The pyramid is made twice, which takes less than the descriptors of keypoints that are not kept: a head without
        // an outline has a thousand.
        if (!chosen.empty()) sift->compute(image, chosen, rows);
        // Computing drops keypoints whose surroundings leave the image, and keeps the order of the others.
        *count = static_cast<int>(chosen.size());
        for (int rank = 0; rank < *count; ++rank) {
            const cv::KeyPoint &point = chosen[rank];
            keypoints[rank] = {point.pt.x, point.pt.y, point.size, point.angle, point.response};
            std::memcpy(descriptors + 128 * rank, rows.ptr<float>(rank), 128 * sizeof(float));
        }
    });
}

int cv_bridge_distance(const uint8_t *mask, int width, int height, float *distance) {
    return guarded([&] {
        cv::Mat framed, found;
        cv::copyMakeBorder(plane_over(mask, width, height), framed, 1, 1, 1, 1, cv::BORDER_CONSTANT, cv::Scalar(0));
        cv::distanceTransform(framed, found, cv::DIST_L2, cv::DIST_MASK_PRECISE, CV_32F);
        found(cv::Rect(1, 1, width, height)).copyTo(cv::Mat(height, width, CV_32F, distance));
    });
}

int cv_bridge_sample(
    const uint8_t *rgb, int width, int height, const float *x, const float *y, int target_width, int target_height,
    uint8_t *target) {
    return guarded([&] {
        const cv::Mat source(height, width, CV_8UC3, const_cast<uint8_t *>(rgb));
        const cv::Mat columns(target_height, target_width, CV_32F, const_cast<float *>(x));
        const cv::Mat rows(target_height, target_width, CV_32F, const_cast<float *>(y));
        cv::Mat result(target_height, target_width, CV_8UC3, target);
        cv::remap(source, result, columns, rows, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    });
}

int cv_bridge_ransac(
    const float *from, const float *to, int count, int any_affine, double threshold_pixels, double *matrix, uint8_t *inliers,
    int *found) {
    *found = 0;
    std::fill(inliers, inliers + count, 0);
    if (count < (any_affine ? 3 : 2)) return 0;
    return guarded([&] {
        const cv::Mat source(count, 1, CV_32FC2, const_cast<float *>(from));
        const cv::Mat target(count, 1, CV_32FC2, const_cast<float *>(to));
        std::vector<uint8_t> flags;
        // The estimator draws from its own generator with a constant seed: equal input gives equal output.
        const cv::Mat estimate = any_affine
            ? cv::estimateAffine2D(source, target, flags, cv::RANSAC, threshold_pixels, 500, 0.99)
            : cv::estimateAffinePartial2D(source, target, flags, cv::RANSAC, threshold_pixels, 500, 0.99);
        // Some versions return an empty or non-finite matrix together with inliers.
        if (estimate.rows != 2 || estimate.cols != 3 || !cv::checkRange(estimate)) return;
        std::memcpy(matrix, estimate.ptr<double>(), 6 * sizeof(double));
        std::copy(flags.begin(), flags.end(), inliers);
        *found = 1;
    });
}

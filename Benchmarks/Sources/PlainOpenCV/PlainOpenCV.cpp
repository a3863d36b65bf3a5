#include "PlainOpenCV.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <vector>

#include <opencv2/calib3d.hpp>
#include <opencv2/core.hpp>
#include <opencv2/features2d.hpp>
#include <opencv2/imgproc.hpp>

struct plain_features {
    std::vector<cv::KeyPoint> points;
    cv::Mat descriptors;
};

plain_features *plain_extract(const uint8_t *rgb, int width, int height) {
    try {
        const cv::Mat picture(height, width, CV_8UC3, const_cast<uint8_t *>(rgb));
        cv::Mat grey, scaled;
        cv::cvtColor(picture, grey, cv::COLOR_RGB2GRAY);
        const double scale = 512.0 / std::max(width, height);
        cv::resize(grey, scaled, cv::Size(), scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
        auto features = std::make_unique<plain_features>();
        cv::SIFT::create(1500)->detectAndCompute(scaled, cv::noArray(), features->points, features->descriptors);
        return features.release();
    } catch (const std::exception &) {
        return nullptr;
    }
}

int plain_count(const plain_features *features) { return static_cast<int>(features->points.size()); }

int plain_inliers(const plain_features *query, const plain_features *reference) {
    try {
        if (query->points.empty() || reference->points.size() < 2) return 0;
        std::vector<std::vector<cv::DMatch>> nearest;
        cv::BFMatcher(cv::NORM_L2).knnMatch(query->descriptors, reference->descriptors, nearest, 2);
        std::vector<cv::Point2f> from, to;
        for (const auto &pair : nearest) {
            if (pair.size() < 2 || pair[0].distance >= 0.75F * pair[1].distance) continue;
            from.push_back(query->points[pair[0].queryIdx].pt);
            to.push_back(reference->points[pair[0].trainIdx].pt);
        }
        if (from.size() < 3) return 0;
        std::vector<uint8_t> inliers;
        const cv::Mat map = cv::estimateAffine2D(from, to, inliers, cv::RANSAC, 5);
        return map.empty() ? 0 : cv::countNonZero(inliers);
    } catch (const std::exception &) {
        return -1;
    }
}

void plain_free(plain_features *features) { delete features; }

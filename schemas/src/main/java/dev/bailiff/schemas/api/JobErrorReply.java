package dev.bailiff.schemas.api;

/**
 * Why a job or target failed.
 *
 * @param status HTTP status that a waiting call gets
 */
public record JobErrorReply(int status, String errcode, String error) {}

package dev.bailiff.schemas.api;

/**
 * Why a job or target failed.
 *
 * @param status HTTP status of the reply to a waiting call
 */
public record JobErrorReply(int status, String errcode, String error) {}

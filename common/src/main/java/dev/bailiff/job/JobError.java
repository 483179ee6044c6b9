package dev.bailiff.job;

/**
 * Why a job or target failed.
 *
 * @param status HTTP status for callers who wait
 * @param code Matrix error code
 * @param text for people
 */
public record JobError(int status, String code, String text) {}

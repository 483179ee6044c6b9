package dev.bailiff.schemas.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * The reply to a call whose time ended before its job did (admin-api 2.2).
 *
 * @param soFar the keys that the finished call would have, as far as the job has got
 * @param status {@code scheduled}, {@code active}, {@code complete} or {@code failed}
 */
public record UnfinishedReply(@JsonUnwrapped Record soFar, String jobId, String status) {}

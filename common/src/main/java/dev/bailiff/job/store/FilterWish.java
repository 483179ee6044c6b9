package dev.bailiff.job.store;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a job with a filter is to find.
 *
 * @param filter as it was stored with the job
 * @param most how many targets the job may have
 * @param found how many targets it has so far
 */
public record FilterWish(JsonNode filter, int most, int found) {}

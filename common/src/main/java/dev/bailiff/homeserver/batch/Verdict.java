package dev.bailiff.homeserver.batch;

import java.util.List;

/**
 * What {@code verify} found for a target.
 *
 * @param target number of the target
 * @param leftOver what should be gone and is not, in words that name the table or thing and the
 *     number ({@code "3 events"}); empty means gone
 */
public record Verdict(int target, List<String> leftOver) {}

package dev.bailiff.homeserver.batch;

import java.util.List;

/**
 * The result of {@code verify} for a target.
 *
 * @param target number of the target
 * @param leftOver things that should be gone and are not, in words that name the table or thing and
 *     the number ({@code "3 events"}); empty means gone
 */
public record Verdict(int target, List<String> leftOver) {}

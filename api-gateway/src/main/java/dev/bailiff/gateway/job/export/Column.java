package dev.bailiff.gateway.job.export;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param text the text of its cell in a row; null for an empty cell
 */
public record Column<T>(String name, Function<T, @Nullable String> text) {}

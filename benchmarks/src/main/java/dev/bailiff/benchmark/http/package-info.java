/** Rows about calls over HTTP. */
@NullMarked
package dev.bailiff.benchmark.http;

import org.jspecify.annotations.NullMarked;

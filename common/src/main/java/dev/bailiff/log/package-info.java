/**
 * What every log of ours keeps to, whatever is configured: how often something is said, no secrets,
 * no text that passes for another line, no library below the level at which it tells what it was
 * sent. Knows Logback and nothing of ours but {@code dev.bailiff.text}.
 */
@NullMarked
package dev.bailiff.log;

import org.jspecify.annotations.NullMarked;

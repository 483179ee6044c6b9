package dev.bailiff.homeserver.store.selection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.schemas.filter.FilterException;
import dev.bailiff.schemas.filter.FilterReader;
import dev.bailiff.schemas.filter.TargetFilter;
import dev.bailiff.schemas.kind.TargetType;
import java.time.Instant;

/** Filters as tests write them: JSON with single quotes. */
final class Filter {
  static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private Filter() {}

  static TargetFilter of(TargetType targets, String json) {
    try {
      return FilterReader.read(targets, new ObjectMapper().readTree(json.replace('\'', '"')), NOW);
    } catch (FilterException | JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }
}

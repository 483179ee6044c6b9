package dev.bailiff.gateway.job.submit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.StorableText;
import dev.bailiff.homeserver.selection.SelectionPort;
import dev.bailiff.schemas.filter.FilterException;
import dev.bailiff.schemas.filter.FilterReader;
import dev.bailiff.schemas.filter.TargetFilter;
import dev.bailiff.schemas.kind.KindContract;
import java.time.Clock;

/**
 * Reads the filters of requests.
 *
 * @param selection says which conditions the homeserver can answer
 */
public record Filters(SelectionPort selection, Clock clock) {

  /**
   * The filter of a client, on targets of a kind, with its moments fixed.
   *
   * @throws ApiException 400 with the name of the condition at fault
   */
  public TargetFilter read(KindContract contract, JsonNode json) {
    StorableText.requireAll(json);
    TargetFilter filter;
    try {
      filter = FilterReader.read(contract.targetType(), json, clock.instant());
    } catch (FilterException e) {
      throw ApiException.bad(e.isOfType() ? Errcode.M_BAD_JSON : Errcode.M_INVALID_PARAM, e.text());
    }
    selection
        .unanswerable(filter)
        .ifPresent(
            condition -> {
              throw ApiException.bad(
                  Errcode.M_INVALID_PARAM,
                  "'%s' cannot be answered here: %s"
                      .formatted(condition.key(), selection.refusal(condition).orElse("")));
            });
    return filter;
  }
}

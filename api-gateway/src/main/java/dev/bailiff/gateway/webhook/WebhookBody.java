package dev.bailiff.gateway.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.webhook.AddressPolicy;
import dev.bailiff.webhook.HostLookup;
import dev.bailiff.webhook.NewWebhook;
import dev.bailiff.webhook.RefusedAddressException;
import dev.bailiff.webhook.SigningSecret;
import dev.bailiff.webhook.WebhookAddress;
import dev.bailiff.webhook.WebhookEvent;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the body that asks for a new webhook. */
final class WebhookBody {
  private static final Set<String> KEYS = Set.of("url", "events", "kinds", "secret", "description");

  private static final int LONGEST_LIST = 100;
  private static final int LONGEST_DESCRIPTION = 500;

  private final AddressPolicy policy;
  private final HostLookup lookup;
  private final Collection<String> kinds;

  WebhookBody(AddressPolicy policy, HostLookup lookup, Collection<String> kinds) {
    this.policy = policy;
    this.lookup = lookup;
    this.kinds = kinds;
  }

  /**
   * The webhook that a call asks for.
   *
   * @throws ApiException 400
   */
  NewWebhook read(Call call) {
    var body = call.body().required();
    BodyKeys.refuseOthers(body, KEYS, "is not a key of a webhook");
    BodyKeys.require(body, "url");
    BodyKeys.require(body, "events");
    return new NewWebhook(
        address(body),
        secret(body),
        events(body),
        kinds(body),
        description(body),
        call.caller().requester());
  }

  /**
   * A worker checks the address again before each connection. The check here tells a person at once
   * what would never work.
   */
  private WebhookAddress address(ObjectNode body) {
    var text = text(body, "url");
    if (text == null) {
      throw invalid("'url' must be a string");
    }
    try {
      var address = WebhookAddress.parse(text);
      address.resolve(policy, lookup);
      return address;
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    } catch (RefusedAddressException e) {
      throw invalid("The webhook is refused: " + e.getMessage());
    } catch (UnknownHostException e) {
      throw invalid("The name of the host leads to no address: look for a misprint in 'url'");
    }
  }

  private static SigningSecret secret(ObjectNode body) {
    var text = text(body, "secret");
    return text == null
        ? SigningSecret.random()
        : SigningSecret.parse(text)
            .orElseThrow(
                () ->
                    invalid(
                        "'secret' must be whsec_ and 24 to 64 bytes in Base64; without it one is made"));
  }

  private static List<String> events(ObjectNode body) {
    var words = texts(body, "events");
    if (words.isEmpty()) {
      throw invalid("'events' is empty: such a webhook would never be called");
    }
    try {
      return WebhookEvent.parse(words);
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private List<String> kinds(ObjectNode body) {
    var named = texts(body, "kinds");
    for (var kind : named) {
      if (!kinds.contains(kind)) {
        throw invalid("'kinds' has a word that is no kind of job: " + kind);
      }
    }
    return named.stream().distinct().toList();
  }

  private static String description(ObjectNode body) {
    var text = Objects.requireNonNullElse(text(body, "description"), "");
    if (BodyKeys.length(text) > LONGEST_DESCRIPTION) {
      throw invalid("'description' is longer than " + LONGEST_DESCRIPTION + " characters");
    }
    return text;
  }

  private static List<String> texts(ObjectNode body, String key) {
    var list = new ArrayList<String>();
    var value = body.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return list;
    }
    if (!value.isArray() || value.size() > LONGEST_LIST) {
      throw invalid("'" + key + "' must be a list of at most " + LONGEST_LIST + " texts");
    }
    for (JsonNode element : value) {
      if (!element.isTextual()) {
        throw invalid("'" + key + "' must hold texts");
      }
      list.add(element.textValue());
    }
    return list;
  }

  private static @Nullable String text(ObjectNode body, String key) {
    return BodyKeys.text(body, key, Errcode.M_BAD_JSON);
  }

  private static ApiException invalid(String text) {
    return ApiException.bad(Errcode.M_INVALID_PARAM, text);
  }
}

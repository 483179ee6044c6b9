package dev.bailiff.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bailiff.schemas.kind.KindContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The kinds on the class path, by name. */
public final class KindContracts {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // a kind may have no parameters
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  private final Map<String, KindContract> byName = new TreeMap<>();

  private KindContracts() {
    ServiceLoader.load(KindContract.class)
        .forEach(contract -> byName.put(contract.kind(), contract));
  }

  /** Finds the kinds by {@link ServiceLoader}. */
  public static KindContracts load() {
    return new KindContracts();
  }

  /** All contracts, by name, ascending. */
  public Iterable<KindContract> all() {
    return byName.values();
  }

  /** The names of all kinds, ascending. */
  public List<JobKind> names() {
    return byName.keySet().stream().map(JobKind::new).toList();
  }

  /**
   * The contract of a kind that must be known here.
   *
   * @throws IllegalStateException if the kind is not known
   */
  public KindContract require(JobKind kind) {
    return find(kind.name())
        .orElseThrow(() -> new IllegalStateException("no contract of kind " + kind));
  }

  /** The contract of a kind, if it is known here. */
  public Optional<KindContract> find(String kind) {
    return Optional.ofNullable(byName.get(kind));
  }

  /**
   * The parameters as the kind's record.
   *
   * @throws IllegalArgumentException if the parameters do not fit the record; the JSON Schema
   *     should have refused them before
   */
  public static Record parameters(KindContract contract, JsonNode parameters) {
    try {
      return MAPPER.treeToValue(parameters, contract.parameters());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("parameters do not fit " + contract.kind(), e);
    }
  }

  /** A parameters record as JSON. */
  public static JsonNode toJson(Record parameters) {
    return MAPPER.valueToTree(parameters);
  }
}

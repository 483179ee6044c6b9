package dev.bailiff.schemas.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** The JSON form of the records of this package and its subpackages, for servers and clients. */
public final class ReplyJson {

  private ReplyJson() {}

  /**
   * Sets a mapper up for these records: snake-case keys, ISO 8601 times.
   *
   * @param mapper a mapper that has not read or written any of these records yet
   * @return the same mapper
   */
  public static <M extends ObjectMapper> M configure(M mapper) {
    mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    mapper.registerModule(new JavaTimeModule());
    mapper.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    return mapper;
  }
}

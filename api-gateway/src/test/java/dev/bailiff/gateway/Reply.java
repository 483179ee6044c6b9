package dev.bailiff.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** A complete reply. */
public record Reply(int status, Map<String, String> headers, String body) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Reply parse(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    var lines = text.substring(0, end).split("\r\n");
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
    }
    var body = text.substring(end + 4);
    if ("chunked".equals(headers.get("Transfer-Encoding"))) {
      body = unchunked(body);
    }
    var content = body.getBytes(StandardCharsets.ISO_8859_1);
    if ("gzip".equals(headers.get("Content-Encoding"))) {
      content = unzipped(content);
    }
    return new Reply(
        Integer.parseInt(lines[0].split(" ")[1]),
        headers,
        new String(content, StandardCharsets.UTF_8));
  }

  public JsonNode json() {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON: " + body, e);
    }
  }

  /** Status and error code, such as {@code 404 M_NOT_FOUND}, or the status alone. */
  public String outcome() {
    return body.isEmpty() || !json().has("errcode")
        ? "" + status
        : status + " " + json().path("errcode").asText();
  }

  private static byte[] unzipped(byte[] content) {
    try (var unzip = new GZIPInputStream(new ByteArrayInputStream(content))) {
      return unzip.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unchunked(String body) {
    var out = new ByteArrayOutputStream();
    int at = 0;
    while (true) {
      int line = body.indexOf("\r\n", at);
      int length = Integer.parseInt(body.substring(at, line).strip(), 16);
      if (length == 0) {
        return out.toString(StandardCharsets.ISO_8859_1);
      }
      out.writeBytes(
          body.substring(line + 2, line + 2 + length).getBytes(StandardCharsets.ISO_8859_1));
      at = line + 2 + length + 2;
    }
  }
}

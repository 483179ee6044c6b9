package dev.bailiff.standalone.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** A compose file, with anchors and merge keys resolved. */
final class ComposeFile {
  private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{(\\w+)([^}]*)}");

  private final String text;
  private final Map<String, Object> root;

  private ComposeFile(String text) {
    this.text = text;
    this.root = map(new Yaml().load(text));
  }

  static ComposeFile read(Path path) throws IOException {
    return new ComposeFile(Files.readString(path));
  }

  /**
   * Each variable that the file takes from outside, with the text after its name, as in {@code
   * NAME:-default}.
   */
  List<MatchResult> variables() {
    return VARIABLE.matcher(text.replaceAll("(?m)^\\s*#.*$", "")).results().toList();
  }

  Set<String> volumes() {
    return map(root.get("volumes")).keySet();
  }

  Set<String> secrets() {
    return map(root.get("secrets")).keySet();
  }

  Set<String> services() {
    return map(root.get("services")).keySet();
  }

  Service service(String name) {
    return new Service(name, map(map(root.get("services")).get(name)));
  }

  /** The text after compose's substitution, if each variable has its own name as its value. */
  private static String substituted(String raw) {
    return VARIABLE
        .matcher(raw)
        .replaceAll(variable -> Matcher.quoteReplacement("value of " + variable.group(1)))
        .replace("$$", "$");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  /** One service. */
  record Service(String name, Map<String, Object> block) {

    String image() {
      return (String) block.get("image");
    }

    Map<String, String> environment() {
      Map<String, String> environment = new TreeMap<>();
      map(block.get("environment"))
          .forEach((key, value) -> environment.put(key, substituted(value.toString())));
      return environment;
    }

    List<String> command() {
      return texts(block.get("command"));
    }

    List<String> profiles() {
      return texts(block.get("profiles"));
    }

    /** The secrets, which are files below {@code /run/secrets}. */
    List<String> secrets() {
      return texts(block.get("secrets"));
    }

    /** The command of the health check, as one line. */
    String healthCheck() {
      return substituted(String.join(" ", texts(map(block.get("healthcheck")).get("test"))));
    }

    /** The ports within the container that are published. */
    List<Integer> publishedPorts() {
      return texts(block.get("ports")).stream()
          .map(mapping -> Integer.valueOf(mapping.substring(mapping.lastIndexOf(':') + 1)))
          .toList();
    }

    /** Named volumes by the folder within the container. */
    Map<String, String> volumesByFolder() {
      Map<String, String> volumes = new TreeMap<>();
      for (String mount : texts(block.get("volumes"))) {
        volumes.put(
            mount.substring(mount.indexOf(':') + 1), mount.substring(0, mount.indexOf(':')));
      }
      return volumes;
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(Object value) {
      return value == null ? List.of() : (List<String>) value;
    }
  }
}

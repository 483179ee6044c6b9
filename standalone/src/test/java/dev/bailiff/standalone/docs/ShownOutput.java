package dev.bailiff.standalone.docs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Compares output that a document shows with real output. Ids of jobs, times, durations, rates and
 * names of workers are other ones in each run; widths of columns are not compared. {@code …} stands
 * for any text, and as a line for any lines.
 */
public final class ShownOutput {
  private static final String ID = "\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}";

  private static final Pattern VARYING =
      Pattern.compile(
          "(?<id>"
              + ID
              + ")|(?<time>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z?)"
              + "|(?<worker>[\\w.-]+-\\d+-up-\\d+)"
              + "|(?<duration>\\b[\\d,.]+(?= s\\b|/s\\b))"
              + "|(?<any>…)|(?<space> {2,})");

  private static final Map<String, String> FORMS =
      Map.of(
          "time", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z?",
          "worker", "[\\w.-]+-\\d+-up-\\d+",
          "duration", "[\\d,.]+",
          "any", ".*",
          "space", " +");

  /** The ids of the document with those of this run. */
  private final Map<String, String> ids = new HashMap<>();

  /** A text of the document, with the ids of this run. */
  public String withRealIds(String text) {
    return Pattern.compile(ID)
        .matcher(text)
        .replaceAll(id -> ids.getOrDefault(id.group(), id.group()));
  }

  /** Whether the output is what is shown. Remembers ids that are seen for the first time. */
  public boolean matches(List<String> shown, String real) {
    var unknown = new ArrayList<String>();
    var pattern = new StringBuilder();
    for (var line : shown) {
      pattern.append(line.equals("…") ? "(?:.*\n)*?" : form(line, unknown) + "\n");
    }
    var match = Pattern.compile(pattern.toString()).matcher(real.isEmpty() ? "" : ended(real));
    if (!match.matches()) {
      return false;
    }
    for (int i = 0; i < unknown.size(); i++) {
      ids.put(unknown.get(i), match.group("id" + i));
    }
    return true;
  }

  /**
   * Takes real output for what a document shows from now on: its ids stand for those that were
   * shown, in their order.
   */
  public void learn(List<String> shown, String real) {
    var before = ids(String.join("\n", shown));
    var now = ids(real);
    now.forEach(id -> ids.put(id, id));
    for (int i = 0; i < Math.min(before.size(), now.size()); i++) {
      ids.put(before.get(i), now.get(i));
    }
  }

  private static List<String> ids(String text) {
    return Pattern.compile(ID).matcher(text).results().map(MatchResult::group).distinct().toList();
  }

  private String form(String line, List<String> unknown) {
    var form = new StringBuilder();
    var varying = VARYING.matcher(line);
    int at = 0;
    while (varying.find()) {
      form.append(Pattern.quote(line.substring(at, varying.start())));
      var id = varying.group("id");
      if (id == null) {
        FORMS.forEach((name, any) -> form.append(varying.group(name) == null ? "" : any));
      } else if (ids.containsKey(id)) {
        form.append(ids.get(id));
      } else if (unknown.contains(id)) {
        form.append("\\k<id").append(unknown.indexOf(id)).append('>');
      } else {
        form.append("(?<id").append(unknown.size()).append('>').append(ID).append(')');
        unknown.add(id);
      }
      at = varying.end();
    }
    return form.append(Pattern.quote(line.substring(at))).toString();
  }

  private static String ended(String text) {
    return text.endsWith("\n") ? text : text + "\n";
  }
}

package dev.bailiff.standalone.docs;

import java.util.ArrayList;
import java.util.List;

/**
 * A command of a document with the output that stands below it.
 *
 * @param line number of its first line in the document, from 0
 * @param command as typed, without the prompt; may have several lines
 * @param output lines below it, up to the next command or the end of the block
 */
public record DocumentedCommand(int line, String command, List<String> output) {
  private static final String PROMPT = "$ ";
  private static final String BEGIN = "```console";
  private static final String END = "```";

  /** The number of the first line behind the output. */
  public int end() {
    return line + (int) command.lines().count() + output.size();
  }

  /** The commands of all console blocks of a section, in their order. */
  public static List<DocumentedCommand> ofSection(List<String> document, String heading) {
    int at = document.indexOf(heading);
    if (at < 0) {
      throw new IllegalArgumentException("no section '" + heading + "'");
    }
    var level = heading.substring(0, heading.indexOf(' ') + 1);
    var commands = new ArrayList<DocumentedCommand>();
    for (at++; at < document.size() && !document.get(at).startsWith(level); at++) {
      if (document.get(at).equals(BEGIN)) {
        at = addBlock(document, at + 1, commands);
      }
    }
    return commands;
  }

  private static int addBlock(List<String> document, int begin, List<DocumentedCommand> commands) {
    int at = begin;
    while (!document.get(at).equals(END)) {
      int line = at;
      var command = new StringBuilder(document.get(at++).substring(PROMPT.length()));
      while (isOpen(command)) {
        command.append('\n').append(document.get(at++));
      }
      var output = new ArrayList<String>();
      while (!document.get(at).startsWith(PROMPT) && !document.get(at).equals(END)) {
        output.add(document.get(at++));
      }
      commands.add(new DocumentedCommand(line, command.toString(), output));
    }
    return at;
  }

  private static boolean isOpen(CharSequence command) {
    return command.charAt(command.length() - 1) == '\\'
        || command.chars().filter(sign -> sign == '\'').count() % 2 == 1;
  }
}

package dev.bailiff.homeserver.synapse.selection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bailiff.homeserver.synapse.api.ListCalls.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlaceTest {
  private final List<String> list =
      new ArrayList<>(IntStream.range(0, 10).mapToObj(n -> "item-" + n).toList());

  private Page page(long from) {
    var items =
        list.stream().skip(from).limit(3).map(item -> (JsonNode) TextNode.valueOf(item)).toList();
    return new Page(items, list.size());
  }

  @Test
  void placeIsItsCursor() {
    var place = new Place(3, 10, 2, 7, "@a b:x");

    assertThat(Place.of(place.cursor())).isEqualTo(place);
    assertThat(Place.of(null)).isEqualTo(Place.START);
  }

  @Test
  void listIsReadToItsEnd() {
    assertThat(readAll(() -> {})).containsExactlyElementsOf(list);
  }

  @Test
  void whatMovesUpIsNotPassedOver() {
    var found = readAll(() -> list.remove("item-0"));

    assertThat(found).contains("item-1", "item-5", "item-9");
    assertThat(found).containsAll(list);
  }

  @Test
  void whatComesInBeforeThePlaceIsMetAgainAtMost() {
    assertThat(readAll(() -> list.add(0, "new"))).containsAll(list.subList(1, list.size()));
  }

  private List<String> readAll(Runnable betweenTwoPages) {
    var found = new ArrayList<String>();
    var place = Place.START;
    while (true) {
      var read = place.read(this::page);
      read.page().items().forEach(item -> found.add(item.asText()));
      if (read.isLast()) {
        return found;
      }
      place = read.at(read.page().items().size());
      if (found.size() == 3) {
        betweenTwoPages.run();
      }
    }
  }
}

package io.edgefrontier.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
  private static JsonScanner scanner(byte[] json) {
    return new JsonScanner(new ByteArrayInputStream(json));
  }

  private static JsonScanner scanner(String json) {
    return scanner(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsStringsAsGsonWritesThem() throws IOException {
    List<String> texts =
        new ArrayList<>(List.of("", "plain", "größe €𝄞", "\"\\/\b\f\n\r\t\u0001"));
    for (int length = 0; length < 200_000; length += 9973) { // beyond the buffer's size
      texts.add("x\u2028é".repeat(length / 3));
    }
    JsonScanner json = scanner(new Gson().toJson(texts));
    json.beginArray();
    for (String text : texts) {
      assertTrue(json.hasNext());
      assertEquals(text, json.nextString());
    }
    assertFalse(json.hasNext());
    json.endArray();
  }

  @Test
  void readsTheSameFromAStreamThatGivesOneByteAtATime() throws IOException {
    byte[] bytes = "[ {\"a\" : -1.5e3 , \"b\":[true,null]} ]".getBytes(StandardCharsets.UTF_8);
    InputStream slow =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] target, int start, int length) {
            return super.read(target, start, Math.min(1, length));
          }
        };
    JsonScanner json = new JsonScanner(slow);
    json.beginArray();
    assertTrue(json.hasNext());
    json.beginObject();
    assertTrue(json.hasNext());
    assertEquals("a", json.nextName());
    assertEquals("$[0].a", json.path());
    assertEquals(-1500, json.nextDouble());
    assertTrue(json.hasNext());
    assertEquals("b", json.nextName());
    json.skipValue();
    assertFalse(json.hasNext());
    json.endObject();
    assertEquals("$[1]", json.path());
    json.endArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1 2]",
        "[,1]",
        "[1,]",
        "[01]",
        "[1.]",
        "[.5]",
        "[+1]",
        "[1e]",
        "[-]",
        "[NaN]",
        "[nul]",
        "{\"a\" 1}",
        "{\"a\":}",
        "{a:1}",
        "{\"a\":1,}",
        "[1}",
        "{]",
        "[\"\\x\"]",
        "[\"\\u12\"]"
      })
  void refusesWhatIsNotJson(String json) {
    assertThrows(IllegalArgumentException.class, () -> scanner(json).skipValue());
  }

  @Test
  void refusesAPrematureEndBadUtf8AndDeepNesting() {
    assertThrows(EOFException.class, () -> scanner("[\"a").skipValue());
    assertThrows(EOFException.class, () -> scanner("[\"a\\").skipValue());
    assertThrows(
        CharacterCodingException.class,
        () -> scanner(new byte[] {'"', (byte) 0xC3, '"'}).nextString());
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> scanner("[".repeat(200)).skipValue());
    assertEquals("nested deeper than 100", error.getMessage());
  }
}

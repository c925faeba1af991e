package dev.parley.projection.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.parley.projection.views.Postgres;
import dev.parley.schemas.wire.Json;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// Writes one person's data as a zip, from one snapshot, holding a few rows at a time however many
/// there are. Blocks its (virtual) thread while the receiver is slow.
///
/// @param connection in a transaction of isolation level repeatable read
/// @param schema of the version that is read
/// @param rowsAtATime rows in memory
/// @param patience for one read
record Export(
    SqlConnection connection, String schema, UUID user, int rowsAtATime, Duration patience) {

  private interface RowWriter {
    void write(Row row) throws IOException;
  }

  /// @param account as identity-service tells it
  void writeTo(OutputStream out, byte[] account) throws IOException {
    var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    text(zip, "README.txt", resource());
    text(zip, "account.json", account);
    single(zip, ExportFile.PROFILE);
    list(zip, ExportFile.CONVERSATIONS);
    messages(zip);
    for (var file : ExportFile.LINES) {
      lines(zip, file);
    }
    zip.finish();
    zip.flush();
  }

  private static byte[] resource() throws IOException {
    try (var in = Export.class.getResourceAsStream("/export/README.txt")) {
      if (in == null) {
        throw new IllegalStateException("Expected /export/README.txt on the class path");
      }
      return in.readAllBytes();
    }
  }

  private static void text(ZipOutputStream zip, String name, byte[] text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text);
    zip.closeEntry();
  }

  private void single(ZipOutputStream zip, ExportFile file) throws IOException {
    zip.putNextEntry(new ZipEntry(file.name()));
    var json = generator(zip);
    json.writeStartObject();
    each(file.sql(schema), row -> ExportFile.fields(json, row, row.size()));
    json.writeEndObject();
    json.close();
    zip.closeEntry();
  }

  private void list(ZipOutputStream zip, ExportFile file) throws IOException {
    zip.putNextEntry(new ZipEntry(file.name()));
    var json = generator(zip);
    json.writeStartArray();
    each(file.sql(schema), row -> object(json, row));
    json.writeEndArray();
    json.close();
    zip.closeEntry();
  }

  private void lines(ZipOutputStream zip, ExportFile file) throws IOException {
    zip.putNextEntry(new ZipEntry(file.name()));
    var json = generator(zip);
    each(
        file.sql(schema),
        row -> {
          object(json, row);
          json.writeRaw('\n');
        });
    json.close();
    zip.closeEntry();
  }

  private static void object(JsonGenerator json, Row row) throws IOException {
    json.writeStartObject();
    ExportFile.fields(json, row, row.size());
    json.writeEndObject();
  }

  private void messages(ZipOutputStream zip) throws IOException {
    zip.putNextEntry(new ZipEntry(ExportFile.MESSAGES));
    var json = generator(zip);
    var lines = new MessageLines(json);
    each(ExportFile.MESSAGES_SQL.replace("${s}", schema), lines::add);
    lines.end();
    json.close();
    zip.closeEntry();
  }

  /// Revisions come as rows: those of one message become one line.
  private static final class MessageLines {

    private final JsonGenerator json;
    private @Nullable UUID conversation;
    private long seq;
    private boolean revised;

    MessageLines(JsonGenerator json) {
      this.json = json;
    }

    void add(Row row) throws IOException {
      if (!row.getUUID("conversation").equals(conversation) || row.getLong("seq") != seq) {
        end();
        conversation = row.getUUID("conversation");
        seq = row.getLong("seq");
        json.writeStartObject();
        ExportFile.fields(json, row, row.getColumnIndex("its_revision"));
      }
      if (row.getInteger("its_revision") instanceof Integer revision) {
        revision(revision, row);
      }
    }

    private void revision(int revision, Row row) throws IOException {
      if (!revised) {
        json.writeArrayFieldStart("revisions");
        revised = true;
      }
      json.writeStartObject();
      json.writeNumberField("revision", revision);
      json.writeStringField("at", Instant.ofEpochMilli(row.getLong("its_at")).toString());
      json.writeStringField("text", row.getString("its_text"));
      json.writeEndObject();
    }

    void end() throws IOException {
      if (conversation == null) {
        return;
      }
      if (revised) {
        json.writeEndArray();
        revised = false;
      }
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static JsonGenerator generator(ZipOutputStream zip) throws IOException {
    var json = Json.MAPPER.getFactory().createGenerator(zip);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    // Else what is beyond the basic plane is written as two escapes.
    json.enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8);
    json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    json.setRootValueSeparator(new SerializedString(""));
    return json;
  }

  private void each(String sql, RowWriter writer) throws IOException {
    var statement = Postgres.await(connection.prepare(sql), patience);
    var cursor = statement.cursor(Tuple.of(user));
    do {
      for (var row : Postgres.await(cursor.read(rowsAtATime), patience)) {
        writer.write(row);
      }
    } while (cursor.hasMore());
    Postgres.await(cursor.close(), patience);
    Postgres.await(statement.close(), patience);
  }
}

package dev.parley.schemas.personal;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.schemas.command.SendCodec;
import dev.parley.schemas.content.BodyCodec;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.proto.Draft;
import dev.parley.schemas.proto.Held;
import dev.parley.schemas.proto.HeldSettled;
import dev.parley.schemas.proto.PersonalRecord;
import dev.parley.schemas.proto.ReportSettled;
import dev.parley.schemas.proto.Reported;
import dev.parley.schemas.proto.ThreadRead;
import org.jspecify.annotations.Nullable;

/// Personal entries as records of `parley.marks`.
public final class PersonalCodec {

  private PersonalCodec() {}

  /// The record's key, by which compaction keeps the last of each.
  public static String key(PersonalEntry entry) {
    var owner = entry.conversation() + ":" + entry.user() + ":";
    return owner
        + switch (entry.value()) {
          case Personal.Delivered _ -> "delivered";
          case Personal.Read _ -> "read";
          case Personal.ThreadRead(var thread, _) -> "thread:" + thread;
          case Personal.Muted _ -> "muted";
          case Personal.Pinned _ -> "pinned";
          case Personal.Archived _ -> "archived";
          case Personal.Draft _ -> "draft";
          case Personal.Hidden(var message) -> "hidden:" + message;
          case Personal.Reported reported -> "reported:" + reported.message();
          case Personal.ReportSettled(var message, _) -> "report_settled:" + message;
          case Personal.Held held -> "held:" + held.message();
          case Personal.HeldSettled(var author, var message, _) ->
              "held_settled:" + author + ":" + message;
        };
  }

  public static byte[] encode(PersonalEntry entry) {
    var record =
        PersonalRecord.newBuilder()
            .setConversationId(entry.conversation().toString())
            .setUserId(entry.user().toString())
            .setAtMs(entry.atMillis())
            .setQuiet(entry.quiet());
    switch (entry.value()) {
      case Personal.Delivered(var seq) -> record.setDeliveredSeq(seq);
      case Personal.Read(var seq) -> record.setReadSeq(seq);
      case Personal.ThreadRead(var thread, var seq) ->
          record.setThreadRead(ThreadRead.newBuilder().setThread(thread.toString()).setSeq(seq));
      case Personal.Muted(var untilMillis) -> record.setMutedUntilMs(untilMillis);
      case Personal.Pinned(var pinned) -> record.setPinned(pinned);
      case Personal.Archived(var archived) -> record.setArchived(archived);
      case Personal.Draft(var body) ->
          record.setDraft(
              body == null
                  ? Draft.getDefaultInstance()
                  : Draft.newBuilder().setBody(BodyCodec.toProto(body)).build());
      case Personal.Hidden(var message) -> record.setHiddenMessage(message.toString());
      case Personal.Reported(var message, var reason, var note) -> {
        var reported =
            Reported.newBuilder().setMessageId(message.toString()).setReason(reason.wireName());
        if (note != null) {
          reported.setNote(BodyCodec.toProto(note));
        }
        record.setReported(reported);
      }
      case Personal.ReportSettled(var message, var settlement) ->
          record.setReportSettled(
              ReportSettled.newBuilder()
                  .setMessageId(message.toString())
                  .setSettlement(settlement.wireName()));
      case Personal.Held(var message, var send, var reason) ->
          record.setHeld(
              Held.newBuilder()
                  .setMessageId(message.toString())
                  .setSend(SendCodec.toProto(send))
                  .setReason(reason));
      case Personal.HeldSettled(var author, var message, var released) ->
          record.setHeldSettled(
              HeldSettled.newBuilder()
                  .setAuthor(author.toString())
                  .setMessageId(message.toString())
                  .setReleased(released));
    }
    return record.build().toByteArray();
  }

  /// @throws IllegalArgumentException if the bytes are no entry that this version knows
  public static PersonalEntry decode(byte[] bytes) {
    try {
      var record = PersonalRecord.parseFrom(bytes);
      return new PersonalEntry(
          Ids.required(record.getConversationId()),
          Ids.required(record.getUserId()),
          record.getAtMs(),
          record.getQuiet(),
          value(record));
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalArgumentException(
          "Expected a personal entry, but found other bytes", broken);
    }
  }

  private static Personal value(PersonalRecord record) {
    return switch (record.getValueCase()) {
      case DELIVERED_SEQ -> new Personal.Delivered(record.getDeliveredSeq());
      case READ_SEQ -> new Personal.Read(record.getReadSeq());
      case THREAD_READ ->
          new Personal.ThreadRead(
              Ids.required(record.getThreadRead().getThread()), record.getThreadRead().getSeq());
      case MUTED_UNTIL_MS -> new Personal.Muted(record.getMutedUntilMs());
      case PINNED -> new Personal.Pinned(record.getPinned());
      case ARCHIVED -> new Personal.Archived(record.getArchived());
      case DRAFT ->
          new Personal.Draft(
              record.getDraft().hasBody()
                  ? BodyCodec.fromProto(record.getDraft().getBody())
                  : null);
      case HIDDEN_MESSAGE -> new Personal.Hidden(Ids.required(record.getHiddenMessage()));
      case REPORTED -> {
        var reported = record.getReported();
        yield new Personal.Reported(
            Ids.required(reported.getMessageId()),
            known(ReportReason.fromWire(reported.getReason()), reported.getReason()),
            reported.hasNote() ? BodyCodec.fromProto(reported.getNote()) : null);
      }
      case REPORT_SETTLED -> {
        var settled = record.getReportSettled();
        yield new Personal.ReportSettled(
            Ids.required(settled.getMessageId()),
            known(Settlement.fromWire(settled.getSettlement()), settled.getSettlement()));
      }
      case HELD ->
          new Personal.Held(
              Ids.required(record.getHeld().getMessageId()),
              SendCodec.fromProto(record.getHeld().getSend()),
              record.getHeld().getReason());
      case HELD_SETTLED ->
          new Personal.HeldSettled(
              Ids.required(record.getHeldSettled().getAuthor()),
              Ids.required(record.getHeldSettled().getMessageId()),
              record.getHeldSettled().getReleased());
      case VALUE_NOT_SET ->
          throw new IllegalArgumentException(
              "Expected a personal entry, but the record holds none");
    };
  }

  private static <T> T known(@Nullable T value, String name) {
    if (value == null) {
      throw new IllegalArgumentException("Expected a value that is known, but found " + name);
    }
    return value;
  }
}

using System.Globalization;

namespace Accounts.Core.History;

/// <summary>What is wrong with the history.</summary>
/// <param name="What">one of a few words, for programs</param>
/// <param name="Number">of the event, or of the first of several</param>
/// <param name="To">of the last of several; the same for one</param>
/// <param name="Text">a sentence for whoever asked</param>
public sealed record HistoryFinding(string What, long Number, long To, string Text)
{
    public static HistoryFinding Missing(long number, long to) => new("missing", number, to, number == to ? $"{number} is missing." : $"{number} to {to} are missing.");

    public static HistoryFinding Cut(long end, long to, string why) =>
        new("cut", end + 1, to, $"The history ends at {end}, and {why}: {(to == end + 1 ? $"{to} has" : $"{end + 1} to {to} have")} been cut off.");

    public static HistoryFinding Changed(long number) =>
        One("changed", number, $"{number} is not what was recorded: its kind, time, user, session, actor, count or id was changed, or its link or what stood before it.");

    public static HistoryFinding FieldsChanged(long number) =>
        One("fields_changed", number, $"{number} is not what was recorded: its address, device, before or after was changed.");

    public static HistoryFinding ActorChanged(long number) =>
        One("actor_changed", number, $"{number} is not what was recorded: the address or device of whoever did it was changed.");

    public static HistoryFinding NotErased(long number) =>
        One("not_erased", number, $"{number} lacks what was recorded of a person who was not erased.");

    public static HistoryFinding Refilled(long number) =>
        One("fields_changed", number, $"{number} has an address, a device, before or after of a person who was erased, which went with them: what stands there was written later.");

    public static HistoryFinding Unlinked(long number) => One("unlinked", number, $"{number} has no link: it was not numbered by a server, or its link was taken away.");

    public static HistoryFinding Added(long end, long to) =>
        new("added", end + 1, to, $"{(to == end + 1 ? $"{to} stands" : $"{end + 1} to {to} stand")} behind the end of the history, where no server has put anything.");

    public static HistoryFinding Rewritten(ChainHead head) =>
        One("rewritten", head.Number, $"The history up to {head.Number} is not the one that was signed at {Time(head)}: it was written anew.");

    public static HistoryFinding Forged(long number) => One("head_forged", number, $"The head that stands for {number} is not signed by a key of this server.");

    public static HistoryFinding HeadMissing(long number, long after) => One("head_missing", after, $"The head for {number} follows one for {after}, which is missing.");

    public static HistoryFinding HeadsMissing(ChainHead first) =>
        One("head_missing", first.Number, $"The oldest head is for {first.Number}, of {Time(first)}: it is too young for the older ones to have had their time, and they are missing.");

    public static HistoryFinding BegunAgain(ChainHead head) =>
        One("head_missing", head.Number, $"At {Time(head)} a server found no head at all, and began again: whatever was signed before was taken away.");

    public static HistoryFinding NoEnd() => One("no_end", 0, "event_chain has lost its row, which says where the history ends.");

    public static HistoryFinding WrongEnd(long number) => One("changed", number, $"The history ends at {number} with another link than event_chain says.");

    public static string Time(ChainHead head) => head.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static HistoryFinding One(string what, long number, string text) => new(what, number, number, text);
}

namespace Accounts.Tests.Http.Fuzz;

internal enum FuzzPlace
{
    Member,
    MemberName,
    Body,
    Header,
    Cookie,
    Query,
    QueryName,
    Segment,
    Method,
}

/// <summary>Where a request meant well gets a hostile text.</summary>
/// <param name="Raw">in the target: as it is, not percent-encoded</param>
internal sealed record FuzzMutation(FuzzPlace Place, string Name, FuzzText Text, bool Raw = false)
{
    public override string ToString() => $"{Place} {Name}{(Raw ? " (raw)" : "")} = {Text}";
}

/// <summary>A request before it is written: the same for everybody, so that a seed decides all of them.</summary>
internal sealed record FuzzPlan(FuzzOperation Operation, string MediaType, FuzzMutation[] Mutations)
{
    public FuzzText? Find(FuzzPlace place, string name = "") => Array.Find(Mutations, mutation => mutation.Place == place && mutation.Name == name)?.Text;

    /// <summary>Services follow it, and a page of whichever origin gets the same nothing.</summary>
    public bool IsForNoPage => Operation.Segments.Contains("ended-sessions");

    /// <summary>Surely, whatever the text in its path: one may lead up and out.</summary>
    public bool IsUnderApi => Operation.Segments[0] == "api" && !Array.Exists(Mutations, mutation => mutation.Place == FuzzPlace.Segment && (mutation.Name == "0" || mutation.Text.Bytes.Contains((byte)'.')));

    public override string ToString() => $"{Operation} ({MediaType}), {string.Join(" and ", Mutations.Select(mutation => mutation.ToString()))}";
}

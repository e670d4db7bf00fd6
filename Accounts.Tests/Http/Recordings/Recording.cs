namespace Accounts.Tests.Http.Recordings;

/// <summary>A request that the Django original was sent, and its answer. What was secret or its own is a placeholder (<c>{access:bob}</c>).</summary>
public sealed record Recording(string Group, string Name, RecordedRequest Request, RecordedResponse Response)
{
    public string Title => $"{Group}: {Name}";

    /// <summary>What is compared of the recorded answer.</summary>
    public Reply Recorded => Reply.Of(Response.Status, Response.Headers.Select(header => (header[0], header[1])), Response.Body ?? "");

    public bool Is(string method, string path) => Request.Method == method && Request.Path == path;

    public string? Header(string name) => Request.Headers.GetValueOrDefault(name);

    /// <summary>Whether its client says that it wants a page, or JSON, in particular; <c>*/*</c> says nothing.</summary>
    public bool Accepts(string type) => Header("Accept")?.Contains(type, StringComparison.Ordinal) == true;

    /// <summary>The original's own error pages and its browsable API.</summary>
    public bool AnswersHtml => Recorded.MediaType == "text/html";
}

/// <param name="Body">Latin-1 text of the bytes; <c>&lt;n characters&gt;</c> stands for a long one, here and in the path</param>
public sealed record RecordedRequest(string Method, string Path, Dictionary<string, string> Headers, string? Body);

public sealed record RecordedResponse(int Status, string[][] Headers, string? Body);

using Accounts.Core.Failures;

namespace Accounts.Api.Compatibility;

/// <summary>How a library tells a failure that it has words of its own for. They are part of its wire, which front ends compare: in English, whatever <c>Accept-Language</c> says.</summary>
/// <param name="code">what has gone wrong</param>
/// <param name="status">of the answer</param>
/// <param name="text">for people</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class TellsAttribute(ErrorCode code, int status, string text) : Attribute
{
    public ErrorCode Code { get; } = code;

    public int Status { get; } = status;

    public string Text { get; } = text;

    /// <summary>The field that it is told of; none where it is a <c>detail</c>.</summary>
    public string? Field { get; init; }

    /// <summary>Of those of Django REST framework, the library's own word where it has one.</summary>
    public string? Word { get; init; }

    /// <summary>The action's own row, else its controller's.</summary>
    public static TellsAttribute? Of(EndpointMetadataCollection endpoint, ErrorCode code)
    {
        TellsAttribute? found = null;
        foreach (var row in endpoint.GetOrderedMetadata<TellsAttribute>())
        {
            found = row.Code == code ? row : found;
        }
        return found;
    }
}

/// <summary>A field has another name there.</summary>
/// <param name="ours">as a flow tells of it</param>
/// <param name="theirs">as it was sent</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class RenamesAttribute(string ours, string theirs) : Attribute
{
    public string Ours { get; } = ours;

    public string Theirs { get; } = theirs;
}

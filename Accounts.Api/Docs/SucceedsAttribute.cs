using Microsoft.AspNetCore.Mvc;

namespace Accounts.Api.Docs;

/// <summary>How an action answers when all is well: a status and a body, whose example is in <see cref="Examples"/>.</summary>
public sealed class SucceedsAttribute<TBody>(int status = StatusCodes.Status200OK) : ProducesResponseTypeAttribute(typeof(TBody), status), ISuccess
{
    /// <summary>The one text of a body that is nothing but a text.</summary>
    public string? Says { get; init; }

    public bool HasPage { get; init; }
}

/// <summary>How an action answers when all is well and there is nothing to say.</summary>
public sealed class SucceedsAttribute(int status) : ProducesResponseTypeAttribute(typeof(void), status), ISuccess
{
    public string? Says => null;

    public bool HasPage => false;
}

public interface ISuccess
{
    Type? Type { get; }

    int StatusCode { get; }

    string? Says { get; }

    /// <summary>Whether a browser that navigates gets a page instead.</summary>
    bool HasPage { get; }
}

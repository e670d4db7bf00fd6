using Accounts.Api.Http;
using Microsoft.AspNetCore.Mvc;

namespace Accounts.Api.Docs;

/// <summary>How an action answers when all is well.</summary>
public interface ISuccess
{
    Type? Type { get; }

    int StatusCode { get; }

    object? Example => null;

    /// <summary>The one text of a body that is nothing but a text.</summary>
    string? Text => null;

    /// <summary>Whether a browser that navigates gets a page instead.</summary>
    bool HasPage => false;
}

/// <summary>With a body.</summary>
public sealed class SucceedsAttribute<TBody>(int status = StatusCodes.Status200OK)
    : ProducesResponseTypeAttribute(typeof(TBody), status), ISuccess
    where TBody : IAnswer<TBody>
{
    public object Example => TBody.Example;
}

/// <summary>With a list of bodies.</summary>
public sealed class SucceedsWithListAttribute<TBody>() : ProducesResponseTypeAttribute(typeof(TBody[]), StatusCodes.Status200OK), ISuccess
    where TBody : IAnswer<TBody>
{
    public object Example => new[] { TBody.Example };
}

/// <summary>With a text.</summary>
public sealed class SaysAttribute<TBody>(string text, int status = StatusCodes.Status200OK)
    : ProducesResponseTypeAttribute(typeof(TBody), status), ISuccess
    where TBody : ITextAnswer<TBody>
{
    public object Example => TBody.Of(text);

    public string Text => text;

    public bool HasPage { get; init; }
}

/// <summary>With nothing to say.</summary>
public sealed class SucceedsAttribute(int status) : ProducesResponseTypeAttribute(typeof(void), status), ISuccess
{
    public bool HasPage { get; init; }
}

using System.Text.Json.Nodes;
using Accounts.Api.Http;
using Accounts.Core.Failures;

namespace Accounts.Api.Compatibility.Flask;

/// <summary>Failures as the tutorials' front ends read them: one text under one name, in the tutorial's words where it has some (<see cref="TellsAttribute"/>), else in ours with the code, and the ticket of a second factor, beside it.</summary>
/// <param name="name">of the member that has the text</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class FlaskErrorsAttribute(string name) : ErrorShapeAttribute
{
    /// <summary>A member that is false; none where null.</summary>
    public string? Flag { get; init; }

    /// <summary>Whether <c>data</c> (null) and <c>error</c> (the status in a word) stand beside the text of a 401 or 403.</summary>
    public bool HasData { get; init; }

    public override ShapedError Shape(EndpointMetadataCollection endpoint, AccountsException failure, ShapedError usual)
    {
        if (failure is FlaskRefusedException refused)
        {
            return Told(refused.Status, refused.Text);
        }
        if (failure is InvalidInputException invalid)
        {
            return OfField(endpoint, invalid, usual);
        }
        if (TellsAttribute.Of(endpoint, failure.Code) is { } row)
        {
            return Told(row.Status, row.Text);
        }
        return WithRest(Told(usual.Status, (string)usual.Body["detail"]!), usual.Body);
    }

    private ShapedError OfField(EndpointMetadataCollection endpoint, InvalidInputException invalid, ShapedError usual)
    {
        foreach (var row in endpoint.GetOrderedMetadata<TellsFieldAttribute>())
        {
            if (invalid.Errors.Has(row.Field) && (invalid.IsTaken || !row.IsTaken))
            {
                return Told(row.Status, row.Text);
            }
        }
        return Told(usual.Status, (string)usual.Body.First().Value!.AsArray()[0]!);
    }

    private ShapedError Told(int status, string text)
    {
        var body = new JsonObject();
        if (Flag is not null)
        {
            body[Flag] = false;
        }
        body[name] = text;
        if (HasData && status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden)
        {
            body["data"] = null;
            body["error"] = status == StatusCodes.Status401Unauthorized ? "Unauthorized" : "Forbidden";
        }
        return new ShapedError(status, body);
    }

    private static ShapedError WithRest(ShapedError told, JsonObject usual)
    {
        foreach (var (member, value) in usual)
        {
            if (member != "detail" && !told.Body.ContainsKey(member))
            {
                told.Body[member] = value?.DeepClone();
            }
        }
        return told;
    }
}

/// <summary>How a tutorial tells what is wrong with a field.</summary>
/// <param name="field">as a flow tells of it</param>
/// <param name="status">of the answer</param>
/// <param name="text">for people</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class TellsFieldAttribute(string field, int status, string text) : Attribute
{
    public string Field { get; } = field;

    public int Status { get; } = status;

    public string Text { get; } = text;

    /// <summary>Only where somebody else has it already.</summary>
    public bool IsTaken { get; init; }
}

/// <summary>A body that lacks what the tutorial asks for, in its words.</summary>
public sealed class FlaskRefusedException(int status, string text) : AccountsException(ErrorCode.BadRequest)
{
    public int Status { get; } = status;

    public string Text { get; } = text;
}

using System.Buffers;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Http;

/// <summary>
/// On an action without parameters that answers by a value alone: it is called without MVC's invoker, filters and choice of a formatter, of which it needs
/// nothing. Routing, authorization and the document see an action like any other. For what is asked most. One with parameters, or with a filter of its own, is
/// refused at the start.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DirectAttribute : Attribute;

public static class DirectActions
{
    public static void CallDirectly(this ControllerActionEndpointConventionBuilder actions) => actions.Add(endpoint =>
    {
        if (endpoint.Metadata.OfType<DirectAttribute>().Any())
        {
            var action = endpoint.Metadata.OfType<ControllerActionDescriptor>().Single();
            if (Hindrance(action) is { } hindrance)
            {
                throw new NotSupportedException($"{action.DisplayName} cannot be called directly: it has {hindrance}.");
            }
            endpoint.RequestDelegate = Call(action.MethodInfo).InvokeAsync;
        }
    });

    private static string? Hindrance(ControllerActionDescriptor action) =>
        action.Parameters.Count > 0 ? "parameters, which MVC binds"
        : AnswerOf(action.MethodInfo) is null ? "another answer than a task of a value"
        : action.FilterDescriptors.FirstOrDefault(IsItsOwn) is { } filter ? $"the filter {filter.Filter.GetType().Name}, which MVC runs" : null;

    /// <summary>And more than a word for the document.</summary>
    private static bool IsItsOwn(FilterDescriptor filter) => filter.Scope > FilterScope.Global && filter.Filter is not ProducesResponseTypeAttribute;

    private static Type? AnswerOf(MethodInfo action) =>
        action.ReturnType is { GenericTypeArguments: [{ GenericTypeArguments: [var answer] } result] } task && (task.GetGenericTypeDefinition(), result.GetGenericTypeDefinition()) == (typeof(Task<>), typeof(ActionResult<>))
            ? answer : null;

    private static DirectCall Call(MethodInfo action) =>
        (DirectCall)Activator.CreateInstance(typeof(DirectCall<,>).MakeGenericType(action.DeclaringType!, AnswerOf(action)!), action)!;
}

internal abstract class DirectCall
{
    public abstract Task InvokeAsync(HttpContext context);
}

/// <param name="action">an instance method without parameters that returns a task of the answer's <see cref="ActionResult{TValue}"/></param>
internal sealed class DirectCall<TController, TAnswer>(MethodInfo action) : DirectCall
    where TController : ControllerBase
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    private readonly ObjectFactory<TController> create = ActivatorUtilities.CreateFactory<TController>([]);
    private readonly Func<TController, Task<ActionResult<TAnswer>>> act = action.CreateDelegate<Func<TController, Task<ActionResult<TAnswer>>>>();
    private JsonTypeInfo<TAnswer>? json;

    public override async Task InvokeAsync(HttpContext context)
    {
        NotAcceptableFilter.DemandJson(context.Request);
        var controller = create(context.RequestServices, []);
        controller.ControllerContext = new ControllerContext { HttpContext = context };
        var result = await act(controller);
        Write(context, result.Value ?? throw new NotSupportedException($"{action.DeclaringType}.{action.Name} answers more than a value."));
    }

    /// <summary>Whole and with its length: what is written piece by piece is sent in chunks.</summary>
    private void Write(HttpContext context, TAnswer answer)
    {
        var written = buffer ??= new ArrayBufferWriter<byte>(1024);
        // Also where the one before did not come to its end.
        written.Clear();
        var type = json ??= (JsonTypeInfo<TAnswer>)context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions.GetTypeInfo(typeof(TAnswer));
        using (var writer = new Utf8JsonWriter(written, new JsonWriterOptions { Encoder = type.Options.Encoder }))
        {
            JsonSerializer.Serialize(writer, answer, type);
        }
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = written.WrittenCount;
        context.Response.BodyWriter.Write(written.WrittenSpan);
        written.Clear();
    }
}

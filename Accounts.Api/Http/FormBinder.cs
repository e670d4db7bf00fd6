using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Accounts.Api.Http;

/// <summary>A request's body, whose members are all <see cref="Field"/>s, and how it is read into what a flow takes: whole, or not at all.</summary>
public interface IRequest<out TForm>
{
    /// <summary>Everything that is wrong is told to the reader, and then the form is not looked at.</summary>
    TForm Read(FieldReader fields);
}

/// <summary>The body that an action's parameter is read from, whatever it is read into.</summary>
public abstract class FormAttribute : Attribute
{
    public abstract Type RequestType { get; }
}

/// <summary>An action's parameter that is the form of a request's body. The one seam where bodies are read: see <see cref="FormBinder{TRequest, TForm}"/>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FormAttribute<TRequest, TForm> : FormAttribute, IBinderTypeProviderMetadata
    where TRequest : IRequest<TForm>, new()
{
    public Type BinderType => typeof(FormBinder<TRequest, TForm>);

    /// <summary>None of the framework's own, so that it does not describe the form in place of the request.</summary>
    public BindingSource BindingSource => BindingSource.Special;

    public override Type RequestType => typeof(TRequest);
}

/// <summary>Reads a body into its form, and tells all that is wrong with it at once. What is no member of the request is ignored.</summary>
public sealed class FormBinder<TRequest, TForm> : IModelBinder where TRequest : IRequest<TForm>, new()
{
    private static readonly (string Name, PropertyInfo Property)[] Members =
        [.. typeof(TRequest).GetProperties().Select(property => (JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), property))];

    public async Task BindModelAsync(ModelBindingContext context)
    {
        var body = await RequestBody.ReadAsync(context.HttpContext.Request);
        var fields = new FieldReader(context.HttpContext, body);
        var form = Fill(body).Read(fields);
        if (fields.Gate is { } gate)
        {
            await gate();
        }
        fields.Errors.ThrowIfAny();
        context.Result = ModelBindingResult.Success(form);
    }

    private static TRequest Fill(Dictionary<string, Field> body)
    {
        object request = new TRequest();
        foreach (var (name, property) in Members)
        {
            if (body.TryGetValue(name, out var field))
            {
                property.SetValue(request, field);
            }
        }
        return (TRequest)request;
    }
}
